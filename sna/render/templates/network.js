// What happens on the page: choosing a person, a colour; the address keeps both, so that a view can be bookmarked.
const everyone = document.getElementById("everyone");
const colour = document.getElementById("colour");
const navigation = [...document.querySelectorAll("nav a, .menu a")];

function say(text) {
  document.getElementById("said").textContent = text;
}

function remember() {
  const parts = new URLSearchParams();
  if (state.person !== null) parts.set("person", String(state.person));
  if (state.colour !== page.colour) parts.set("colour", group().name);
  const hash = parts.toString() ? `#${parts}` : "";
  if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
  for (const link of navigation) link.hash = hash;
}

// Draw the present state. `moving`: bring what is shown into view.
function apply(words, moving) {
  restyle();
  drawLegend();
  drawCard();
  everyone.disabled = state.person === null && state.value === null;
  if (colour) colour.value = String(state.colour);
  if (moving) fit(shown(), true);
  remember();
  if (words) say(words);
}

function choose(id) {
  const person = people.get(id);
  if (!person) return;
  state.person = id;
  state.value = null;
  closeFound();
  find.value = short(person.label, 60);
  const named = page.ties.filter((tie) => tie[1] === id).length;
  const names = page.ties.filter((tie) => tie[0] === id).length;
  const given = person.status === "answered" ? `names ${count(names, "person", "people")}` : "gave no answer here";
  apply(`${short(person.label, 80)}: ${page.numbers ? `named by ${count(named, "person", "people")}` : person.standing}, ${given}. Esc shows everyone.`, true);
}

function showEveryone() {
  state.person = null;
  state.value = null;
  find.value = "";
  apply("Everyone is shown.", true);
}

everyone.addEventListener("click", () => {
  showEveryone();
  find.focus();
});

if (colour) {
  colour.addEventListener("change", () => {
    state.colour = Number(colour.value);
    state.value = null;
    apply(`Colour shows ${short(group().name, 80)}.`, false);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  // The browser closes an explanation itself; nothing else changes then.
  if (CSS.supports("selector(:popover-open)") && document.querySelector(":popover-open")) return;
  const open = document.querySelector(".menu[open]");
  if (!found.hidden) closeFound();
  if (open) open.open = false;
  else if (state.person !== null || state.value !== null) showEveryone();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const button = event.target.closest("[data-person]");
  if (!button) return;
  choose(Number(button.dataset.person));
  const inCard = document.getElementById("card-name");
  inCard.tabIndex = -1;
  inCard.focus({ preventScroll: Boolean(button.closest(".side")) });
});

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  const tables = document.getElementById("tables");
  tables.open = true;
  tables.querySelector("summary").focus();
});

document.getElementById("closer").addEventListener("click", () => zoom(1.35));
document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.35));

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const wanted = page.groups.findIndex((entry) => entry.name === parts.get("colour"));
  state.colour = wanted >= 0 ? wanted : page.colour;
  const id = parts.has("person") ? Number(parts.get("person")) : null;
  if (id !== null && people.has(id)) {
    choose(id);
    return;
  }
  state.person = null;
  apply(id === null ? "" : "The person you were looking at is not in this picture.", false);
  fit(shown(), false);
}
window.addEventListener("hashchange", recall);
recall();

window.snaPage = {
  drawnPeople: () => network.body.nodeIndices.length,
  drawnTies: () => network.body.edgeIndices.length,
  shownTies: () => network.body.edgeIndices.filter((id) => !network.body.edges[id].options.hidden).length,
  places: () => network.getPositions(),
  names: () => ({ people: [...drawnNames.people], areas: [...drawnNames.areas], boxes: drawnNames.boxes }),
  onScreen: (id) => network.canvasToDOM(network.getPosition(id)),
  state: () => ({ ...state }),
  view: () => ({ scale: network.getScale(), position: network.getViewPosition() }),
  printPicture,
};
