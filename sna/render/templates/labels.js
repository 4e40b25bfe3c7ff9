// Names over the picture, at one size on the screen whatever the zoom; none covers another.
const FONT = '"Segoe UI", -apple-system, BlinkMacSystemFont, Roboto, "Helvetica Neue", Arial, sans-serif';
const widths = new Map();

function short(text, most) {
  const letters = Array.from(text.slice(0, most * 4));
  return letters.length > most || text.length > most * 4 ? `${letters.slice(0, most - 1).join("")}…` : text;
}

function measure(context, text, bold) {
  const key = `${sharpness}${bold ? "b" : "n"}${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

// Rectangles already taken, in buckets so that a look-up stays cheap with hundreds of names.
class Taken {
  constructor(cell) {
    this.cell = cell;
    this.buckets = new Map();
  }

  * keys(box) {
    for (let i = Math.floor(box.left / this.cell); i <= Math.floor(box.right / this.cell); i += 1) {
      for (let j = Math.floor(box.top / this.cell); j <= Math.floor(box.bottom / this.cell); j += 1) yield `${i},${j}`;
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.buckets.has(key)) this.buckets.set(key, []);
      this.buckets.get(key).push(box);
    }
  }

  free(box) {
    for (const key of this.keys(box)) {
      for (const other of this.buckets.get(key) || []) {
        if (other.owner !== box.owner && box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) return false;
      }
    }
    return true;
  }
}

function write(context, text, x, y, colour, halo) {
  context.lineWidth = halo;
  context.strokeStyle = "rgba(255, 255, 255, 0.92)";
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

// Where a name of this width may stand: below, above, right, left of its circle, then the corners.
function spots(at, radius, width, height) {
  const middle = at.x - width / 2;
  const beside = at.y - height / 2;
  const gap = 2 * sharpness;
  return [
    [middle, at.y + radius + gap],
    [middle, at.y - radius - gap - height],
    [at.x + radius + 2 * gap, beside],
    [at.x - radius - 2 * gap - width, beside],
    [at.x + radius * 0.6, at.y + radius],
    [at.x - radius * 0.6 - width, at.y + radius],
    [at.x + radius * 0.6, at.y - radius - height],
    [at.x - radius * 0.6 - width, at.y - radius - height],
  ];
}

const drawnNames = { people: new Set(), areas: new Set(), boxes: [] };

function drawNames(context) {
  const ratio = canvas.width / Math.max(canvas.clientWidth, 1);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const scale = network.getScale();
  const taken = new Taken(60 * sharpness);
  const centres = new Map();
  drawnNames.people.clear();
  drawnNames.areas.clear();
  drawnNames.boxes = [];
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = "round";
  context.textBaseline = "top";
  context.textAlign = "left";
  for (const person of page.people) {
    const at = network.canvasToDOM(places.get(person.id));
    if (at.x < -60 || at.y < -40 || at.x > width + 60 || at.y > height + 40) continue;
    const radius = places.get(person.id).size * REACH[lookOf(person).shape] * enlarge * scale;
    centres.set(person.id, { at, radius });
    const r = radius * 0.8;
    taken.add({ left: at.x - r, right: at.x + r, top: at.y - r, bottom: at.y + r, owner: person.id });
  }
  drawStrip(context, taken);
  drawAreaNames(context, taken, width);
  const rank = (person) => (person.id === state.hover ? 4 : 0) + (person.id === state.person ? 3 : 0) + places.get(person.id).size / 100;
  const waiting = page.people
    .filter((person) => centres.has(person.id) && (inFocus(person) || person.id === state.hover))
    .sort((a, b) => rank(b) - rank(a));
  for (const person of waiting) drawName(context, person, centres.get(person.id), taken, width, height);
  context.restore();
}

function drawName(context, person, { at, radius }, taken, width, height) {
  const special = person.id === state.hover || person.id === state.person;
  const tall = (special ? 13 : 12) * sharpness;
  context.font = `${special ? "600 " : ""}${tall}px ${FONT}`;
  const standing = person.id === state.hover && person.standing ? `: ${short(person.standing, 40)}` : "";
  const text = short(person.label, special ? 40 : 26) + standing;
  const wide = measure(context, text, special);
  for (const [x, y] of spots(at, radius, wide, tall)) {
    const box = { left: x - 1, right: x + wide + 1, top: y - 1, bottom: y + tall, owner: person.id };
    const inside = box.left > 2 && box.right < width - 2 && box.top > 2 && box.bottom < height - 2;
    if (!inside || !taken.free(box)) continue;
    taken.add({ ...box, owner: null });
    drawnNames.people.add(person.id);
    drawnNames.boxes.push(box);
    write(context, text, x, y, "#1d2733", 3 * sharpness);
    return;
  }
  if (person.id === state.hover) {
    const x = Math.min(Math.max(at.x - wide / 2, 4), width - wide - 4);
    write(context, text, x, at.y + radius + 2, "#1d2733", 5 * sharpness);
  }
}

function drawAreaNames(context, taken, width) {
  const tall = 12 * sharpness;
  context.font = `600 ${tall}px ${FONT}`;
  for (const area of page.areas) {
    const xs = area.outline.map(([x]) => x);
    const top = Math.min(...area.outline.map(([, y]) => y));
    const at = network.canvasToDOM({ x: (Math.min(...xs) + Math.max(...xs)) / 2, y: top });
    const text = short(area.label, 30);
    const wide = measure(context, text, true);
    const x = Math.min(Math.max(at.x - wide / 2, 4), width - wide - 4);
    const y = at.y - tall - 1 * sharpness;
    const box = { left: x - 3, right: x + wide + 3, top: y - 1, bottom: y + tall, owner: area };
    if (Math.abs(x - (at.x - wide / 2)) > wide || !taken.free(box)) continue;
    taken.add({ ...box, owner: null });
    drawnNames.areas.add(area.label);
    write(context, text, x, y, "#4a5866", 3 * sharpness);
  }
}

// The strip of people without any tie in any picture.
function drawStrip(context, taken) {
  const below = page.people.filter((person) => person.strip);
  if (!below.length || below.length === page.people.length || state.person !== null) return;
  const top = Math.min(...below.map((person) => places.get(person.id).y)) - 34;
  const left = Math.min(...below.map((person) => places.get(person.id).x)) - 46;
  const from = network.canvasToDOM({ x: left, y: top });
  const to = network.canvasToDOM({ x: Math.max(...data.network.nodes.map((node) => node.x)) + 46, y: top });
  const tall = 11.5 * sharpness;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.lineWidth = sharpness;
  context.strokeStyle = "#c3ccd6";
  context.stroke();
  context.font = `600 ${tall}px ${FONT}`;
  const wide = measure(context, "No ties in any picture", true);
  taken.add({ left: from.x, right: from.x + wide, top: from.y - tall - 4 * sharpness, bottom: from.y, owner: null });
  taken.add({ left: from.x, right: to.x, top: from.y - 1, bottom: from.y + 1, owner: null });
  write(context, "No ties in any picture", from.x, from.y - tall - 3 * sharpness, "#4a5866", 3 * sharpness);
}

network.on("afterDrawing", drawNames);
