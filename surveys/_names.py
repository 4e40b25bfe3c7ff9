"""Invented names. Within a study every first name and every surname stands once."""

IL_COP = """
Robert Tessler, Marisol Quintero, Katherine Abiodun, Priya Raghunath, José Álvarez, William Okonjo, Denise
Fairweather, Thomas Lindqvist, Ngozi Eberhart, Zoë Young, Samuel Petrakis, Yolanda Birdsong, Helena Voss,
Marcus Delacroix, Ingrid Halloway, Farid Nasrallah, Dmitri Falk, Bernadette Kowal, Tunde Ashgrove, Michael
Strand, Leilani Kahale, Maeve O'Dell, Siobhán Ortiz, Renée Castillon, Hyun-woo Baek, Jennifer Mattock, Amara
Diallobe, Gordon Pell, Lucía Ibáñez, Patrick Nyland, Elizabeth Crandon, Wendell Arroyo, Soledad Marchetti,
Chidi Umelo, Beatriz Núñez, Curtis Hallam, Mei-ling Zhuo, Anton Varga, Rosalind D'Arcey, Efraín Robledo,
Tamsin Weller, Oluwaseun Badmus, Colette Brisson, Jürgen Holt, Nadia Zahran, Phoebe Larkspur, Rafael Montsoro,
Shanice Beaumont, Kenji Uedaya, Margit Solberg, Esperanza Vidal, Lionel Pratt, Aisling Corrigan, Gabriel
Touré, Harriet Munday, Vikram Chandekar, Paloma Esquivel, Darnell Whitby, Françoise Lemaire, Owen Trask,
Ximena Belloso, Ibrahim Saleh-Karim, Judith Ferncastle, Roberto Piñeiro, Saoirse Mulgrew, Annika Dahlgren,
Terrence Oduya, Guadalupe Sáenz, Felix Brandauer, Noor Haidari, Camille Duvernay, Ezekiel Stroud, Thandiwe
Mokoena, Miriam Goldfarb, Alonso Trejo, Winifred Oakes, Bao Trinh, Carmela Russo, Stellan Ekberg, Odette Faure
"""

PPLC = """
Adaeze Nwokolo, Martin Hollsey, Consuelo Baeza, Richard Amberly, Fatima Jalloh, Eleanor Prewitt, Hiroko
Tanabe, Desmond Achterberg, Pilar Escudero, Vincent Marlowe, Nkechi Obaseki, Lorraine Sutter, Andrés Pacheco,
Gwendolyn Frye, Emil Jastrow, Rukhsana Bhatti, Clifford Dunmore, Ana-Sofía Leal, Jerome Battiste, Hanneke
Vries, Ofelia Zamudio, Barnaby Kitson, Lakshmi Venkatesan, Roland Gauthier, Tamika Sprewell, Ignacio Ledesma,
Sunniva Aasen, Warren Chisolm, Mireille Fontaine, Abdulahi Warsame, Dorothea Lenz, Hector Villaseñor, Bronwyn
Pugh, Cedric Amponsah, Valentina Sorrell, Isaac Thornbury, Nieves Carrasco, Leopold Stanek, Keisha Drummond,
Takumi Arakawa, Marguerite Blais, Solomon Tekle, Philippa Rowntree, Osvaldo Rentería, Catherine Mbeki-Hale,
Niall Heffernan, Jocelyn Pascual, Gunnar Teig, Aurelia Fodor, Reginald Swann, Inés Calderón, Matthias Kroll,
Latoya Vance, Cormac Tierney, Zainab Farouqi, Humberto Salcedo, Delphine Arcand, Otis Hargrave, Marwa Khoury,
Benedict Sallow, Chloë Winterbourne, Ramón Olvera, Agnieszka Wolska, Theodore Mapes, Sunita Deshmukh, Lamar
Kinsey, Brigitte Oster, Everett Nakai, Graciela Fuentes, Pascal Lavigne, Henrietta Boyce, Kwabena Sarpong,
Milena Petrovska, Arthur Plumley, Xochitl Zepeda, Rosamund Teague, Daniel Iwasaki, Ifeoma Chukwuma, Edgar
Stolz, Marcela Ocampo, Constance Tilbury, Javier Uribelar, Signe Holmgaard, Percival Ames
"""

PPLC_SCHOOLS = """
Alder, Birch, Cypress, Dogwood, Elm, Fern, Garnet, Hazel, Ironwood, Juniper, Kestrel, Laurel, Magnolia,
Nutmeg, Olive, Poplar, Quarry, Rowan, Spruce, Thistle, Underhill, Violet, Walnut, Yarrow, Zinnia, Amber,
Brook, Canyon, Dune, Eagle, Field, Grove, Heron, Island, Jasper, Knoll, Ledge, Meadow, North, Ocean, Pine,
Quail, Ridge, Stone, Terrace, Upland, Valley, Wharf, Aspen, Beacon, Clover, Delta, East, Falcon, Glen, Heath,
Ivy, Jade, Kelp, Lantern, Mesa, Nest, Otter, Pebble, Reed, Sand, Tide, Union, Vista, West, Arbor, Basin,
Coral, Dell, Ember, Fjord
"""


SUPPORT_WEB = """
Josephine Abara, Lennart Quist, Rosalía Montaño, Terence Holloway, Imani Prescott, Bogdan Ilić, Cecily Warrick,
Ndidi Okafor, Stefan Haugland, Marietta Colvin, Raúl Figueroa, Esther Lindgren, Quentin Barlow, Amina Siddiqui,
Douglas Fenwick, Paulina Jaramillo, Jamal Whitaker, Ottilie Brandt, Simone Laurier, Kofi Mensah, Verónica Salas,
Malcolm Trewin, Yuki Nakamura, Dolores Ibarra, Edwin Castell, Nanette Groves, Femi Adeyemi, Hedda Sorensen,
Cornelius Voigt, Mirabel Estrada, Angus Kerr, Tatiana Orlova, Rufus Denholm, Leocadia Vega, Ines Barroso, Gideon
Marsh, Philomena Duarte, Sanjay Kulkarni, Beatrix Holm, Orlando Pineda, Hester Yates, Walid Haddad, Cleo
Fairbanks, Armando Rivas, Greta Lund, Tobias Renner, Marguerita Soto, Dashiell Crane, Nomvula Zulu, Patrizia
Conti, Leander Whitlock, Odile Marchand, Emeka Balogun, Rosa Tamayo, Sylvester Boone, Wilhelmina Krause
"""

SUPPORT_WEB_SCHOOLS = """
Acorn, Bluebell, Cedarwood, Driftwood, Elderberry, Foxglove, Goldfinch, Hawthorn, Inlet, Jackdaw, Kingfisher,
Larkfield, Millstream, Nightingale, Oakridge, Plover, Quillback, Redwing, Sandpiper, Tamarack, Umber, Vale,
Willowbank, Yellowwood, Zephyr
"""


def names(block: str) -> list[str]:
    """The names of a block, in order.

    >>> names(IL_COP)[:2]
    ['Robert Tessler', 'Marisol Quintero']
    """
    return [name.strip() for name in block.replace("\n", " ").split(",") if name.strip()]
