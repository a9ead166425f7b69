// The page with the lines between its leads, moved by mouse, finger or keys. All lengths are pixels of the page.

const LEAST_GAP = 8;
const REST_MS = 500; // After the last key, before the lines are sent.

const make = (name, attributes = {}) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

class Editor {
  constructor(root) {
    this.svg = root.querySelector("svg");
    this.readout = root.querySelector(".readout");
    this.svg.addEventListener("pointermove", (event) => this.moved(event));
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, () => this.released());
  }

  show(data, send) {
    this.send = send;
    // A line being dragged is newer than the data that arrives.
    if (this.held || this.waiting) return;
    const form = JSON.stringify([data.image.length, data.columns.length, data.rows.length, data.chosen, data.width]);
    this.data = structuredClone(data);
    if (form !== this.form) this.build();
    this.form = form;
    this.draw();
  }

  build() {
    const { width, height, image } = this.data;
    this.unit = width / 1000;
    this.readout.textContent = "";
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.replaceChildren(make("image", { href: image, width, height }));
    this.boxes = this.data.boxes.map((box) => this.box(box));
    const edges = this.data.chosen ? ["left", "right", "top", "bottom"].map((side) => ({ side }))
      : [...this.data.columns.map((_, i) => ({ list: "columns", i })), ...this.data.rows.map((_, i) => ({ list: "rows", i }))];
    this.handles = edges.map((edge) => this.handle(edge));
  }

  box(box) {
    const shape = make("rect", { class: "box" });
    const name = make("text", { "font-size": 15 * this.unit, "stroke-width": 3 * this.unit });
    name.textContent = box.name;
    shape.addEventListener("pointerdown", (event) => {
      if (this.data.chosen === box.key) this.hold(event, { whole: true });
    });
    shape.addEventListener("click", () => {
      if (this.data.chosen !== box.key) this.send({ kind: "choose", key: box.key });
    });
    this.svg.append(shape, name);
    return { key: box.key, shape, name };
  }

  handle(edge) {
    const upright = edge.list === "columns" || edge.side === "left" || edge.side === "right";
    const group = make("g", { class: "handle", tabindex: 0, role: "slider", "aria-label": this.words(edge),
      "aria-orientation": upright ? "horizontal" : "vertical", "aria-valuemin": 0,
      "aria-valuemax": upright ? this.data.width : this.data.height });
    const line = make("path", { class: "line", "stroke-width": 2 * this.unit });
    const grip = make("path", { class: upright ? "grip" : "grip row", "stroke-width": 16 * this.unit });
    group.append(line, grip);
    group.addEventListener("pointerdown", (event) => this.hold(event, edge, group));
    group.addEventListener("keydown", (event) => this.key(event, edge, upright));
    this.svg.append(group);
    return { edge, upright, group, line, grip };
  }

  words({ list, i, side }) {
    if (side) return `${side[0].toUpperCase()}${side.slice(1)} edge of ${this.data.chosen}`;
    return `${list === "columns" ? "Column edge" : "Row line"} ${i + 1}`;
  }

  draw() {
    this.data.boxes.forEach((box, i) => {
      const { shape, name } = this.boxes[i];
      const size = { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top };
      for (const [key, value] of Object.entries(size)) shape.setAttribute(key, value);
      const kinds = ["box", box.strip && "strip", box.own && "own", box.key === this.data.chosen && "chosen"];
      shape.setAttribute("class", kinds.filter(Boolean).join(" "));
      shape.setAttribute("stroke-width", 1.5 * this.unit);
      name.setAttribute("x", box.left + 6 * this.unit);
      name.setAttribute("y", box.top + 18 * this.unit);
    });
    const { columns, rows } = this.data;
    const frame = this.chosen() ?? { left: columns[0], right: columns.at(-1), top: rows[0], bottom: rows.at(-1) };
    for (const { edge, upright, group, line, grip } of this.handles) {
      const at = this.value(edge);
      const path = upright ? `M ${at} ${frame.top} V ${frame.bottom}` : `M ${frame.left} ${at} H ${frame.right}`;
      line.setAttribute("d", path);
      grip.setAttribute("d", path);
      group.setAttribute("aria-valuenow", Math.round(at));
    }
  }

  chosen() { return this.data.boxes.find((box) => box.key === this.data.chosen); }

  value({ list, i, side }) { return side ? this.chosen()[side] : this.data[list][i]; }

  move(edge, to) {
    const upright = edge.list === "columns" || edge.side === "left" || edge.side === "right";
    to = Math.min(upright ? this.data.width : this.data.height, Math.max(0, to));
    if (edge.side) {
      const box = this.chosen();
      const opposite = { left: "right", right: "left", top: "bottom", bottom: "top" }[edge.side];
      const first = edge.side === "left" || edge.side === "top";
      box[edge.side] = first ? Math.min(to, box[opposite] - LEAST_GAP) : Math.max(to, box[opposite] + LEAST_GAP);
    } else {
      const lines = this.data[edge.list];
      const [before, after] = [lines[edge.i - 1] ?? -LEAST_GAP, lines[edge.i + 1] ?? 1e6];
      lines[edge.i] = Math.min(after - LEAST_GAP, Math.max(before + LEAST_GAP, to));
      this.spread();
    }
    this.announce(edge);
    this.draw();
  }

  // Boxes follow their lines, except those that were moved alone.
  spread() {
    const { columns, rows } = this.data;
    for (const box of this.data.boxes) {
      if (box.own) continue;
      [box.left, box.right] = box.strip ? [columns[0], columns.at(-1)] : [columns[box.column], columns[box.column + 1]];
      [box.top, box.bottom] = [rows[box.row], rows[box.row + 1]];
    }
  }

  announce(edge) { this.readout.textContent = edge.whole ? "" : `${this.words(edge)}: ${Math.round(this.value(edge))} px`; }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.data.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
  }

  hold(event, edge, group) {
    if (event.button > 0) return;
    event.preventDefault();
    group?.focus();
    this.svg.setPointerCapture(event.pointerId);
    this.held = { edge, last: this.point(event), before: JSON.stringify(this.data) };
  }

  moved(event) {
    if (!this.held) return;
    const now = this.point(event);
    const { edge, last } = this.held;
    if (edge.whole) {
      const box = this.chosen();
      const [dx, dy] = [now.x - last.x, now.y - last.y];
      for (const [side, by] of [["left", dx], ["right", dx], ["top", dy], ["bottom", dy]]) box[side] += by;
      this.draw();
    } else {
      const upright = edge.list === "columns" || edge.side === "left" || edge.side === "right";
      this.move(edge, this.value(edge) + (upright ? now.x - last.x : now.y - last.y));
    }
    this.held.last = now;
  }

  released() {
    if (!this.held) return;
    const changed = this.held.before !== JSON.stringify(this.data);
    this.held = null;
    if (changed) this.hand();
  }

  key(event, edge, upright) {
    const steps = upright ? { ArrowLeft: -1, ArrowRight: 1 } : { ArrowUp: -1, ArrowDown: 1 };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(edge, Math.round(this.value(edge)) + step * (event.shiftKey ? 10 : 1));
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => { this.waiting = null; this.hand(); }, REST_MS);
  }

  hand() {
    const box = this.chosen();
    if (box) this.send({ kind: "box", key: box.key, edges: [box.left, box.top, box.right, box.bottom] });
    else this.send({ kind: "lines", columns: this.data.columns, rows: this.data.rows });
  }
}

const editors = new WeakMap();

export default function (component) {
  const root = component.parentElement;
  if (!editors.has(root)) editors.set(root, new Editor(root));
  editors.get(root).show(component.data, (edit) => component.setTriggerValue("edit", edit));
  return () => editors.delete(root);
}
