// The picture: vis-network draws circles and arrows, we draw areas behind them and names over them.
const host = document.getElementById("picture");
const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");
const nodeSet = new vis.DataSet(data.network.nodes.map((node) => ({ ...node, ...nodeStyle(people.get(node.id), 1) })));
const edgeSet = new vis.DataSet(data.network.edges.map((edge) => ({ ...edge, ...edgeStyle(edge.id) })));
const network = new vis.Network(host, { nodes: nodeSet, edges: edgeSet }, data.network.options);
const canvas = host.querySelector("canvas");
let sharpness = 1; // above 1 while a picture for print is made
let enlarge = 1;

// The circle, square, … at the picture's present size.
function restyle() {
  nodeSet.update(page.people.map((person) => nodeStyle(person, enlarge)));
  edgeSet.update(page.ties.map((tie, id) => edgeStyle(id)));
}

function frame(ids) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const take = (x, y, side, above, below) => {
    box.left = Math.min(box.left, x - side);
    box.right = Math.max(box.right, x + side);
    box.top = Math.min(box.top, y - above);
    box.bottom = Math.max(box.bottom, y + below);
  };
  for (const id of ids) take(places.get(id).x, places.get(id).y, 24, 22, 22);
  if (ids.length === page.people.length) {
    for (const area of page.areas) for (const [x, y] of area.outline) take(x, y, 0, 0, 0);
  }
  return box;
}

// Move so that all these people, and their names, are in view.
function fit(ids, moving) {
  if (!ids.length) return;
  const box = frame(ids);
  const whole = ids.length === page.people.length;
  const width = host.clientWidth * sharpness;
  const height = host.clientHeight * sharpness;
  const small = host.clientWidth < 560;
  const side = (whole ? (small ? 14 : 30) : 52) * sharpness;
  const above = (whole ? 24 : 34) * sharpness;
  const below = 26 * sharpness;
  const across = (width - 2 * side) / Math.max(box.right - box.left, 1);
  const down = (height - above - below) / Math.max(box.bottom - box.top, 1);
  const scale = Math.min(across, down, (whole ? 1.35 : 1.5) * sharpness);
  const position = {
    x: (box.left + box.right) / 2,
    y: (box.top + box.bottom) / 2 - (above - below) / 2 / scale,
  };
  const animation = moving && !stillness.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position, scale, animation });
  if (whole) {
    const wanted = Math.min(Math.max((0.62 * sharpness) / scale, 1), 1.7);
    if (Math.abs(wanted - enlarge) > 0.05) {
      enlarge = wanted;
      nodeSet.update(page.people.map((person) => nodeStyle(person, enlarge)));
    }
  }
}

function shown() {
  if (state.person === null) return page.people.map((person) => person.id);
  return [state.person, ...neighbours.get(state.person)];
}

function zoom(factor) {
  const animation = stillness.matches ? false : { duration: 180, easingFunction: "easeInOutQuad" };
  network.moveTo({ position: network.getViewPosition(), scale: network.getScale() * factor, animation });
}

// Areas behind the circles, in one pale tint.
network.on("beforeDrawing", (context) => {
  context.save();
  context.fillStyle = "#eef3f8";
  context.strokeStyle = "#ffffff";
  context.lineWidth = 2;
  for (const area of page.areas) {
    const points = area.outline;
    context.beginPath();
    points.forEach(([x, y], i) => {
      const [nextX, nextY] = points[(i + 1) % points.length];
      if (i === 0) context.moveTo((x + nextX) / 2, (y + nextY) / 2);
      else context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    });
    const [firstX, firstY] = points[0];
    const [secondX, secondY] = points[1];
    context.quadraticCurveTo(firstX, firstY, (firstX + secondX) / 2, (firstY + secondY) / 2);
    context.closePath();
    context.fill();
    context.stroke();
  }
  context.restore();
});

// The person under the pointer: the nearest within reach of a finger or a mouse.
function personAt(point) {
  const scale = network.getScale();
  let best = null;
  let nearest = Infinity;
  for (const person of page.people) {
    const at = network.canvasToDOM(places.get(person.id));
    const distance = Math.hypot(at.x - point.x, at.y - point.y) - places.get(person.id).size * enlarge * scale;
    if (distance < 9 && distance < nearest) {
      nearest = distance;
      best = person.id;
    }
  }
  return best;
}

network.on("click", (event) => {
  const id = personAt(event.pointer.DOM);
  if (id !== null) choose(id);
});

host.addEventListener("mousemove", (event) => {
  const box = host.getBoundingClientRect();
  const id = personAt({ x: event.clientX - box.left, y: event.clientY - box.top });
  host.style.cursor = id === null ? "" : "pointer";
  if (id !== state.hover) {
    state.hover = id;
    network.redraw();
  }
});
host.addEventListener("mouseleave", () => {
  state.hover = null;
  network.redraw();
});

// The wheel moves the page; with Ctrl it brings the picture closer.
host.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  },
  { capture: true },
);

let known = "";
new ResizeObserver(() => {
  const size = `${host.clientWidth}x${host.clientHeight}`;
  if (size === known || !host.clientWidth || !host.clientHeight) return;
  known = size;
  network.setSize(`${host.clientWidth}px`, `${host.clientHeight}px`);
  network.redraw();
  fit(shown(), false);
}).observe(host);

// A picture for paper: drawn large, in landscape, and handed over as an image.
function printPicture() {
  const image = document.getElementById("print-image");
  if (!page.people.length) return;
  const before = { scale: network.getScale(), position: network.getViewPosition(), style: host.getAttribute("style") || "" };
  const hover = state.hover;
  const size = enlarge;
  state.hover = null;
  sharpness = Math.max(1, 2 / (window.devicePixelRatio || 1));
  host.style.right = "auto";
  host.style.bottom = "auto";
  host.style.width = "1060px";
  host.style.height = "620px";
  network.setSize(`${1060 * sharpness}px`, `${620 * sharpness}px`);
  fit(shown(), false);
  network.redraw();
  image.src = canvas.toDataURL("image/png");
  sharpness = 1;
  state.hover = hover;
  enlarge = size;
  host.setAttribute("style", before.style);
  network.setSize(`${host.clientWidth}px`, `${host.clientHeight}px`);
  restyle();
  network.moveTo({ ...before, animation: false });
  network.redraw();
}
window.addEventListener("beforeprint", printPicture);
