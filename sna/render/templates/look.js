// What the page knows, and how a person and a tie look in the present view.
const data = JSON.parse(document.getElementById("data").textContent);
const page = data.page;
const people = new Map(page.people.map((person) => [person.id, person]));
const places = new Map(data.network.nodes.map((node) => [node.id, node]));
const state = { person: null, colour: page.colour, value: null, hover: null };

const INCOMING = "#0b5cad";
const OUTGOING = "#b94a05";
const PALE = { fill: "#edf0f4", line: "#c9d1da" };
// Factors that give every shape the area of a circle of the same size.
const AREA = { dot: 1, square: 0.89, triangle: 1.17, triangleDown: 1.17, diamond: 1.25, star: 1.5, hexagon: 1.1 };

// How far a shape of that area reaches from its middle, so that a name stands clear of it.
const REACH = { dot: 1, square: 0.95, triangle: 1.2, triangleDown: 1.2, diamond: 1.28, star: 1.5, hexagon: 1.1 };

const neighbours = new Map(page.people.map((person) => [person.id, new Set()]));
for (const [from, to] of page.ties) {
  neighbours.get(from).add(to);
  neighbours.get(to).add(from);
}

function group() {
  return page.groups[state.colour] || null;
}

function lookOf(person) {
  if (!group()) return { colour: "#0072B2", shape: "dot" };
  const code = person.groups[state.colour];
  return code < 0 ? group().unstated : group().values[code];
}

function inFocus(person) {
  if (state.person !== null) return person.id === state.person || neighbours.get(state.person).has(person.id);
  return state.value === null || person.groups[state.colour] === state.value;
}

function nodeStyle(person, enlarge) {
  const look = lookOf(person);
  const style = {
    id: person.id,
    shape: look.shape,
    size: places.get(person.id).size * AREA[look.shape] * enlarge,
    borderWidth: 1,
    color: { background: look.colour, border: "#ffffff" },
    shapeProperties: { borderDashes: false },
  };
  if (!inFocus(person)) {
    style.color = { background: person.status === "answered" ? PALE.fill : "#ffffff", border: PALE.line };
  } else if (person.status === "silent") {
    style.color = { background: "#ffffff", border: look.colour };
    style.borderWidth = 2.4;
    style.shapeProperties = { borderDashes: [3.5, 2.5] };
  } else if (person.status === "not_asked") {
    style.color = { background: "#ffffff", border: look.colour };
    style.borderWidth = 1.5;
  }
  if (person.id === state.person) {
    style.borderWidth = 3;
    style.color = { ...style.color, border: "#1d2733" };
  }
  return style;
}

const calm = Math.max(0.2, 0.52 - page.ties.length / 1400);

function edgeStyle(id) {
  const [from, to] = page.ties[id];
  const style = { id, hidden: false, width: 1, arrows: { to: { enabled: true, scaleFactor: 0.36 } } };
  if (state.person !== null) {
    style.hidden = from !== state.person && to !== state.person;
    style.width = 2;
    style.arrows.to.scaleFactor = 0.6;
    style.color = { color: to === state.person ? INCOMING : OUTGOING };
  } else if (state.value !== null && !inFocus(people.get(from)) && !inFocus(people.get(to))) {
    style.color = { color: "rgba(66, 94, 132, 0.06)" };
  } else {
    style.color = { color: `rgba(66, 94, 132, ${calm})` };
  }
  return style;
}

// Elements: text is only ever set as text.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) element.append(child);
  return element;
}

function drawn(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function svg(width, height, ...children) {
  const element = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  element.append(...children);
  return element;
}

function corners(count, radius, cx, cy, inner) {
  const points = [];
  const steps = inner ? count * 2 : count;
  for (let i = 0; i < steps; i += 1) {
    const r = inner && i % 2 ? inner : radius;
    const angle = (i / steps) * 2 * Math.PI - Math.PI / 2;
    points.push(`${(cx + r * Math.cos(angle)).toFixed(2)},${(cy + r * Math.sin(angle)).toFixed(2)}`);
  }
  return points.join(" ");
}

// A sample of a shape, as large in area as a circle of this radius.
function sample(shape, radius, cx, cy, style) {
  const r = radius * AREA[shape];
  if (shape === "dot") return drawn("circle", { cx, cy, r, ...style });
  if (shape === "square") return drawn("rect", { x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, ...style });
  if (shape === "hexagon") {
    const points = [0, 1, 2, 3, 4, 5].map((i) => [cx + r * Math.cos((i * Math.PI) / 3), cy + r * Math.sin((i * Math.PI) / 3)]);
    return drawn("polygon", { points: points.map((p) => p.map((v) => v.toFixed(2)).join(",")).join(" "), ...style });
  }
  if (shape === "diamond") return drawn("polygon", { points: corners(4, r, cx, cy), ...style });
  if (shape === "star") return drawn("polygon", { points: corners(5, r * 1.07, cx, cy + r * 0.08, r * 0.41), ...style });
  const up = drawn("polygon", { points: corners(3, r * 1.2, cx, cy + r * 0.2), ...style });
  if (shape === "triangleDown") up.setAttribute("transform", `rotate(180 ${cx} ${cy})`);
  return up;
}
