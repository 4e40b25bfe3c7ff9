// What stands beside the picture: legend, card, search; and the tables under it.
const byLabel = new Intl.Collator("en", { numeric: true }).compare;

function count(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

function sentence(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function plainStyle(colour) {
  return { fill: colour, stroke: "#ffffff", "stroke-width": 1 };
}

function arrow(x1, y1, x2, y2, colour, bend) {
  const line = drawn("path", {
    d: bend ? `M${x1} ${y1} Q${(x1 + x2) / 2} ${(y1 + y2) / 2 + bend} ${x2} ${y2}` : `M${x1} ${y1} L${x2} ${y2}`,
    fill: "none", stroke: colour, "stroke-width": 1.4,
  });
  const side = Math.sign(x2 - x1);
  const tilt = bend ? bend * 0.3 : 0;
  const head = drawn("polygon", { points: `${x2},${y2} ${x2 - 7 * side},${y2 - 3 + tilt} ${x2 - 7 * side},${y2 + 3 + tilt}`, fill: colour });
  return [line, head];
}

function valueButton(value, code) {
  const button = make(
    "button",
    { type: "button", "aria-pressed": String(state.value === code), title: value.label },
    svg(20, 18, sample(value.shape, 7, 10, 9, plainStyle(value.colour))),
    make("span", { class: "text" }, value.label),
    make("span", { class: "count" }, String(value.people)),
  );
  button.addEventListener("click", () => {
    state.person = null;
    state.value = state.value === code ? null : code;
    const who = count(value.people, "person", "people");
    apply(state.value === null ? "Everyone is shown." : `${short(value.label, 80)}: ${who} picked out.`, false);
    document.querySelector(`#values [data-code="${code}"]`).focus();
  });
  button.dataset.code = code;
  return make("li", {}, button);
}

function key(picture, text) {
  return make("li", {}, picture, make("span", {}, text));
}

function drawLegend() {
  const list = document.getElementById("values");
  const shown = group();
  document.getElementById("legend-name").textContent = shown ? `Colour and shape: ${short(shown.name, 60)}` : "Legend";
  const entries = [];
  if (shown) {
    shown.values.forEach((value, code) => {
      if (value.people) entries.push(valueButton(value, code));
    });
    if (shown.unstated.people) entries.push(valueButton({ ...shown.unstated, label: "not stated" }, -1));
  }
  list.replaceChildren(...entries);
  list.classList.toggle("pairs", entries.length > 9 && shown.values.every((value) => value.label.length <= 14));
  const tie = "#5d7698";
  const grey = "#737a84";
  const keys = [];
  const { answered, silent, not_asked: notAsked } = page.status;
  if (answered) keys.push(key(svg(44, 16, drawn("circle", { cx: 22, cy: 8, r: 6.5, fill: grey })), `Filled: answered (${answered})`));
  if (silent) {
    const dashed = drawn("circle", { cx: 22, cy: 8, r: 6.5, fill: "#ffffff", stroke: grey, "stroke-width": 2, "stroke-dasharray": "3.5 2.5" });
    keys.push(key(svg(44, 16, dashed), `Dashed: did not answer (${silent}); whom they would name is not known`));
  }
  if (notAsked) {
    const thin = drawn("circle", { cx: 22, cy: 8, r: 6.5, fill: "#ffffff", stroke: grey, "stroke-width": 1.2 });
    keys.push(key(svg(44, 16, thin), `Thin line: not asked (${notAsked})`));
  }
  const circles = [[7, 3.5], [18, 5.5], [34, 8.5]].map(([cx, r]) => drawn("circle", { cx, cy: 9, r, fill: "#ffffff", stroke: grey }));
  if (page.sizeMeans) keys.push(key(svg(44, 18, ...circles), `Larger: ${page.sizeMeans}`));
  if (state.person !== null) {
    keys.push(key(svg(44, 14, ...arrow(3, 7, 41, 7, INCOMING)), "Blue: names this person"));
    keys.push(key(svg(44, 14, ...arrow(3, 7, 41, 7, OUTGOING)), "Orange: named by this person"));
  } else {
    keys.push(key(svg(44, 14, ...arrow(3, 7, 41, 7, tie)), sentence(page.arrow)));
    if (!page.straight) {
      const both = [...arrow(4, 6, 40, 6, tie, -9), ...arrow(40, 12, 4, 12, tie, 9)];
      keys.push(key(svg(44, 18, ...both), "Two bowed arrows: each names the other"));
    }
  }
  if (page.areas.length) {
    const tint = drawn("rect", { x: 6, y: 1, width: 32, height: 14, rx: 6, fill: "#e6edf5", stroke: "#c9d5e2" });
    keys.push(key(svg(44, 16, tint), `Pale area: people of the same ${short(page.cluster, 40)}`));
  }
  if (page.strip) {
    const row = [9, 22, 35].map((cx) => drawn("circle", { cx, cy: 8, r: 4, fill: grey }));
    const where = page.strip === page.people.length ? "Nobody here has ties in any picture" : "Bottom row: no ties in any picture";
    keys.push(key(svg(44, 16, ...row), `${where} (${page.strip})`));
  }
  document.getElementById("keys").replaceChildren(...keys);
}

function personButton(id, words) {
  const button = make("button", { type: "button", "data-person": id }, make("span", { class: "clip" }, people.get(id).label));
  const item = make("li", {}, button);
  if (words) item.append(make("span", { class: "words" }, words));
  return item;
}

function nameList(heading, ties, side, nobody, tone) {
  const title = make("h3", { class: tone }, page.numbers ? `${heading} (${ties.length})` : heading);
  if (!ties.length) return [title, make("p", { class: "hint" }, nobody)];
  const sorted = [...ties].sort((a, b) => byLabel(people.get(a[side]).label, people.get(b[side]).label));
  return [title, make("ul", { class: "people" }, ...sorted.map((tie) => personButton(tie[side], tie[2])))];
}

function drawCard() {
  const card = document.getElementById("card");
  const person = people.get(state.person);
  card.hidden = !person;
  if (!person) {
    card.replaceChildren();
    return;
  }
  const facts = make("dl", {});
  page.groups.forEach((entry, i) => {
    const code = person.groups[i];
    facts.append(make("dt", {}, short(entry.name, 40)), make("dd", { class: "clip" }, code < 0 ? "not stated" : entry.values[code].label));
  });
  const status = { answered: "answered", silent: "did not answer", not_asked: "was not asked" }[person.status];
  facts.append(make("dt", {}, "This question"), make("dd", {}, status));
  const parts = [make("h2", { id: "card-name", class: "clip" }, person.label), facts];
  // The first line says how often the person was named; where that is a number, it can be asked about.
  const what = document.querySelector("#people .what");
  person.card.forEach((line, i) => parts.push(make("p", {}, line, ...(i === 0 && what ? [" ", what.cloneNode(true)] : []))));
  const incoming = page.ties.filter((tie) => tie[1] === person.id);
  const outgoing = page.ties.filter((tie) => tie[0] === person.id);
  const unknown = person.status === "answered" ? "Nobody." : "Not known: there is no answer.";
  parts.push(...nameList("Named by", incoming, 0, "Nobody who answered.", "swatch-in"));
  parts.push(...nameList("Names", outgoing, 1, unknown, "swatch-out"));
  card.replaceChildren(...parts);
  card.parentElement.scrollTop = 0;
}

// Search: type a part of a name, arrows to move, Enter to choose, Esc to leave.
const find = document.getElementById("find");
const found = document.getElementById("found");
const fold = (text) => text.slice(0, 300).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const searchable = page.people
  .map((person) => ({ person, text: fold(person.label) }))
  .sort((a, b) => byLabel(a.person.label.slice(0, 300), b.person.label.slice(0, 300)));
let options = [];
let active = -1;

function closeFound() {
  found.hidden = true;
  active = -1;
  find.setAttribute("aria-expanded", "false");
  find.removeAttribute("aria-activedescendant");
}

function mark(index) {
  active = index;
  [...found.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
  if (index < 0) return;
  found.children[index].scrollIntoView({ block: "nearest" });
  find.setAttribute("aria-activedescendant", found.children[index].id);
}

function openFound() {
  const wanted = fold(find.value.trim());
  const at = (entry) => (entry.text.startsWith(wanted) ? 0 : entry.text.includes(` ${wanted}`) ? 1 : entry.text.includes(wanted) ? 2 : 3);
  options = searchable.map((entry) => [at(entry), entry.person]).filter(([rank]) => rank < 3);
  options = options.sort((a, b) => a[0] - b[0]).slice(0, 60).map(([, person]) => person);
  const where = Math.max(page.groups.findIndex((entry) => entry.name === page.cluster), 0);
  const items = options.map((person, i) => {
    const item = make("li", { id: `found-${i}`, role: "option", class: "clip", "aria-selected": "false" }, short(person.label, 90));
    const code = page.groups.length ? person.groups[where] : -1;
    if (code >= 0) item.append(make("span", { class: "where" }, `, ${short(page.groups[where].values[code].label, 50)}`));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(person.id);
    });
    return item;
  });
  if (!items.length) items.push(make("li", { class: "nobody" }, "Nobody of this name in this picture"));
  found.replaceChildren(...items);
  found.hidden = false;
  find.setAttribute("aria-expanded", "true");
  mark(options.length && wanted ? 0 : -1);
}

find.addEventListener("input", openFound);
find.addEventListener("focus", () => find.select());
find.addEventListener("click", openFound);
find.addEventListener("blur", closeFound);
find.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.hidden) openFound();
    else if (options.length) mark((active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length);
  } else if (event.key === "Enter" && !found.hidden && active >= 0) {
    event.preventDefault();
    choose(options[active].id);
  }
});

// Tables: every column sorts; every name opens the view of that person.
function sortable(table) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const what = heading.querySelector(".what");
    if (what) what.remove();
    const button = make("button", { type: "button", class: "sort" }, heading.textContent.trim());
    heading.replaceChildren(button, ...(what ? [" ", what] : []));
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].map((row) => [row.cells[column].textContent, row]);
      rows.sort((a, b) => byLabel(a[0], b[0]) * (down ? -1 : 1));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    });
  });
}
document.querySelectorAll("#people, #ties").forEach(sortable);
