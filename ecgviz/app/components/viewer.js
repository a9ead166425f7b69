// The signals on millimetre paper. One unit of the drawing is one millimetre at 25 mm/s and 10 mm/mV.
// All that is drawn comes with `data`; nothing is fetched.

const PX_PER_MM = 96 / 25.4; // A CSS millimetre; in print it is a true one.
const MISSING = -32768;
const NARROW_PX = 640;
const INK = `
  .fine { stroke: #f3c9c4; stroke-width: 0.08; } .coarse { stroke: #e59a92; stroke-width: 0.16; }
  path { fill: none; } .other { stroke: #b4540a; stroke-width: var(--pen, 0.28px); stroke-dasharray: 1.2 0.6; }
  .trace { stroke: #123a9c; stroke-width: var(--pen, 0.28px); stroke-linejoin: round; }
  text { font: 600 var(--type, 3.2px) system-ui, sans-serif; fill: #1b2526; paint-order: stroke; stroke: #fffdfb; stroke-width: calc(0.25 * var(--type, 3.2px));
    dominant-baseline: hanging; }
  .mark { stroke: #6a2f8f; stroke-width: calc(0.7 * var(--pen, 0.28px)); stroke-dasharray: 0.8 0.5; }
  .mark-name { font-weight: 500; font-size: calc(0.75 * var(--type, 3.2px)); fill: #6a2f8f; text-anchor: middle; }
  .end { stroke: #b43c00; stroke-width: calc(0.8 * var(--pen)); } .end.active { stroke-width: calc(1.6 * var(--pen)); } .hold { fill: none; stroke: #b43c00; stroke-width: calc(1.4 * var(--pen)); }
  .tag { fill: #fffdfb; stroke: #b43c00; stroke-width: calc(0.6 * var(--pen)); opacity: 0.94; }
  .reading { font-weight: 600; fill: #7a2900; stroke: none; font-size: var(--type, 3.2px); }
  .level { stroke: #0b6a75; stroke-width: calc(0.9 * var(--pen)); stroke-dasharray: 1 0.6; }
  .moment { fill: #0b6a75; stroke: #fffdfb; stroke-width: calc(0.6 * var(--pen)); }
  .span { stroke: #b43c00; stroke-width: calc(0.8 * var(--pen)); stroke-dasharray: 1 0.6; }`;

const MM_PER_MV = 10;
const MS_PER_MM = 40;
// Shorter intervals are no heartbeat.
const LEAST_RR_MS = 200;
const TOOLS = ["move", "calipers", "st"];
const AFTER_J = ["J", "J+40", "J+60"];
const signed = (value, digits) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
const volts = (mv) => `${signed(mv, 2)} mV (${signed(mv * MM_PER_MV, 1)} mm)`;

const make = (name, attributes = {}, text = "") => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
};

const decoded = (microvolts) => {
  const bytes = Uint8Array.from(atob(microvolts), (letter) => letter.charCodeAt(0));
  return new Int16Array(bytes.buffer);
};

class Viewer {
  constructor(root) {
    this.svg = root.querySelector("svg");
    this.readout = root.querySelector(".readout");
    this.zoomed = root.querySelector(".zoom");
    this.fader = root.querySelector(".fade");
    this.buttons = Object.fromEntries([...root.querySelectorAll("button")].map((b) => [b.dataset.do, b]));
    this.pointers = new Map();
    this.tool = "move";
    this.listen();
  }

  // --- drawing -------------------------------------------------------------------------------------------------

  show(data) {
    if (this.version === data.version) return;
    this.version = data.version;
    this.data = data;
    this.leads = data.leads.map((lead) => ({ ...lead, uv: decoded(lead.microvolts) }));
    this.calipers = this.st = this.zero = null;
    this.buttons.st.hidden = !this.leads.some((lead) => lead.beats?.length);
    this.buttons.keep.hidden = !data.keeps;
    this.svg.style.setProperty("--shape", data.width / data.height);
    this.svg.setAttribute("aria-label", data.label);
    this.fader.hidden = !data.image;
    this.svg.replaceChildren(make("style", {}, INK), ...this.paper());
    if (data.image) {
      const place = { x: data.x, y: data.y, width: data.width, height: data.height };
      this.image = make("image", { ...place, href: data.image, preserveAspectRatio: "none" });
      this.svg.append(this.image);
    }
    for (const lead of this.leads) this.svg.append(...this.drawn(lead));
    this.names = [...this.svg.querySelectorAll("text.name")];
    this.overlay = make("g");
    this.svg.append(this.overlay);
    this.fade();
    this.fit();
    this.use(this.tool);
  }

  paper() {
    const { x, y, width, height, origin_x: zero } = this.data;
    const reach = 3 * Math.max(width, height);
    const lines = (step) => `M 0 0 H ${step} M 0 0 V ${step}`;
    const defs = make("defs");
    for (const [name, step] of [["fine", 1], ["coarse", 5]]) {
      const tile = { id: name, width: step, height: step, x: zero, y, patternUnits: "userSpaceOnUse" };
      const pattern = make("pattern", tile);
      pattern.append(make("path", { d: lines(step), class: name }));
      defs.append(pattern);
    }
    const whole = { x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach };
    this.grids = ["fine", "coarse"].map((name) => make("rect", { ...whole, fill: `url(#${name})` }));
    return [defs, ...this.grids];
  }

  line(lead) {
    let path = "";
    let pen = false;
    lead.uv.forEach((uv, i) => {
      if (uv !== MISSING) path += `${pen ? "L" : "M"}${this.x(lead, i).toFixed(2)} ${this.y(lead, i).toFixed(2)}`;
      pen = uv !== MISSING;
    });
    return path;
  }

  drawn(lead) {
    const parts = [make("path", { d: this.line(lead), class: "trace" })];
    if (lead.other) parts.unshift(make("path", { d: this.line({ ...lead, uv: decoded(lead.other) }), class: "other" }));
    for (const wave of lead.marks ?? []) {
      const ends = wave.ends.map((at) => lead.x + at * lead.mm_per_sample);
      for (const x of ends) parts.push(make("path", { d: `M ${x} ${lead.top + 7.5} V ${lead.bottom - 1}`, class: "mark" }));
      // P is labelled at its onset: over the middle of a short P the label would run into that of QRS.
      const at = wave.name === "P" ? ends[0] : ends.reduce((sum, x) => sum + x, 0) / ends.length;
      if (ends.length) parts.push(make("text", { x: at, y: lead.top + 4.8, class: "mark-name" }, wave.name));
    }
    parts.push(make("text", { x: lead.label_x, y: lead.label_y, class: "name" }, lead.name));
    return parts;
  }

  x(lead, i) { return lead.x + i * lead.mm_per_sample; }
  y(lead, i) { return lead.y - (lead.uv[i] / 1000) * lead.mm_per_mv; }

  fade() {
    if (!this.image) return;
    const share = this.fader.querySelector("input").value / 100;
    this.image.setAttribute("opacity", share);
    this.image.style.display = share ? "" : "none";
    this.coverage = share;
    this.look();
  }

  // --- zoom and pan --------------------------------------------------------------------------------------------

  size() { return [this.svg.clientWidth || 1, this.svg.clientHeight || 1]; }

  fit() {
    const [width, height] = this.size();
    const scales = [width / this.data.width, height / this.data.height];
    // On a phone the whole page would be too small to read: its height fills the view, and a swipe scrolls.
    const narrow = width < NARROW_PX;
    const scale = narrow ? Math.max(...scales) : Math.min(...scales);
    this.fitting = true;
    this.view = { scale, x: this.data.x - (narrow ? 0 : (width / scale - this.data.width) / 2),
      y: this.data.y - (height / scale - this.data.height) / 2 };
    this.look();
  }

  zoom(factor, px = this.size()[0] / 2, py = this.size()[1] / 2) {
    const scale = Math.min(80, Math.max(0.5, this.view.scale * factor));
    this.view.x += px / this.view.scale - px / scale;
    this.view.y += py / this.view.scale - py / scale;
    this.view.scale = scale;
    this.fitting = false;
    this.look();
  }

  pan(dx, dy) {
    this.view.x -= dx / this.view.scale;
    this.view.y -= dy / this.view.scale;
    this.fitting = false;
    this.look();
  }

  look() {
    if (!this.view) return;
    const [width, height] = this.size();
    const { scale, data } = { scale: this.view.scale, data: this.data };
    // Part of the paper stays in view, however far it is moved.
    const keep = (at, span, from, whole) => Math.min(from + whole - span / 4, Math.max(from - (3 * span) / 4, at));
    this.view.x = keep(this.view.x, width / scale, data.x, data.width);
    this.view.y = keep(this.view.y, height / scale, data.y, data.height);
    this.svg.setAttribute("viewBox", `${this.view.x} ${this.view.y} ${width / scale} ${height / scale}`);
    const paper = 1 - (this.coverage ?? 0);
    this.grids[0].setAttribute("opacity", paper * Math.min(1, Math.max(0, (scale - 1.6) / 2)));
    this.grids[1].setAttribute("opacity", paper);
    // Lines and labels keep their size on screen: visible in a small view, small in a close one.
    const between = (least, natural, most) => `${Math.min(most / scale, Math.max(least / scale, natural))}px`;
    this.svg.style.setProperty("--pen", between(1.1, 0.28, 2.5));
    this.svg.style.setProperty("--type", between(12, 3.2, 18));
    this.zoomed.textContent = `${Math.round((100 * scale) / PX_PER_MM)}%`;
    this.svg.classList.toggle("zoomed", !this.fitting);
    this.keepNames();
    this.measure();
    this.lead();
  }

  // A name moves with the view, as long as its lead is in sight.
  keepNames() {
    const [width, height] = this.size().map((px) => px / this.view.scale);
    const edge = 4 / this.view.scale;
    const type = parseFloat(this.svg.style.getPropertyValue("--type"));
    this.leads.forEach((lead, i) => {
      const seen = lead.right > this.view.x && lead.left < this.view.x + width;
      const within = lead.bottom > this.view.y && lead.top < this.view.y + height;
      const least = (at, from, to) => Math.max(at, Math.min(from, to));
      const x = seen ? least(lead.label_x, this.view.x + edge, lead.right - 3 * type) : lead.label_x;
      const y = within ? least(lead.label_y, this.view.y + edge, lead.bottom - 1.5 * type) : lead.label_y;
      this.names[i].setAttribute("x", x);
      this.names[i].setAttribute("y", y);
    });
  }

  // --- two sheets in step ----------------------------------------------------------------------------------------

  // The others in the same group move to the same time and height.
  lead() {
    if (!this.data.group || this.following) return;
    for (const other of together()) if (other !== this && other.data?.group === this.data.group) other.follow(this);
  }

  follow(leader) {
    this.following = true;
    this.fitting = leader.fitting;
    const across = leader.view.x - leader.data.origin_x;
    this.view = { scale: leader.view.scale, x: this.data.origin_x + across, y: this.data.y + leader.view.y - leader.data.y };
    this.look();
    this.following = false;
  }

  // --- calipers ------------------------------------------------------------------------------------------------

  use(tool) {
    this.tool = tool;
    for (const name of TOOLS) this.buttons[name].setAttribute("aria-pressed", String(name === tool));
    this.svg.classList.toggle("measuring", tool !== "move");
    this.buttons.zero.disabled = tool !== "calipers";
    this.buttons.keep.disabled = tool === "move";
    if (tool === "calipers" && !this.inSight()) this.place();
    if (tool === "st" && !this.st) this.choose(this.centre());
    this.measure();
    this.describe();
  }

  // Calipers start in the current view.
  place() {
    const middle = this.centre();
    const lead = this.under(middle);
    const [at, half] = [this.sample(lead, middle), 0.1 * this.data.rate_hz];
    this.calipers = { lead, a: this.nearest(lead, at - half), b: this.nearest(lead, at + half), active: "b" };
  }

  centre() {
    const [width, height] = this.size();
    return this.mm({ px: width / 2, py: height / 2 });
  }

  inSight() {
    if (!this.calipers) return false;
    const [width, height] = this.size().map((px) => px / this.view.scale);
    const lead = this.leads[this.calipers.lead];
    const across = ["a", "b"].some((end) => Math.abs(this.x(lead, this.calipers[end]) - this.view.x - width / 2) < width / 2);
    return across && lead.top < this.view.y + height && lead.bottom > this.view.y;
  }

  nearest(lead, at) {
    const uv = this.leads[lead].uv;
    at = Math.min(uv.length - 1, Math.max(0, Math.round(at)));
    for (let off = 0; off < uv.length; off++) {
      if (uv[at - off] !== undefined && uv[at - off] !== MISSING) return at - off;
      if (uv[at + off] !== undefined && uv[at + off] !== MISSING) return at + off;
    }
    return at;
  }

  under(mm) {
    const away = (lead) => Math.max(lead.left - mm.x, mm.x - lead.right, 0) + Math.max(lead.top - mm.y, mm.y - lead.bottom, 0);
    return this.leads.reduce((best, lead, i) => (away(lead) < away(this.leads[best]) ? i : best), 0);
  }

  sample(lead, mm) { return this.nearest(lead, (mm.x - this.leads[lead].x) / this.leads[lead].mm_per_sample); }

  grab(mm) {
    const near = (end) => Math.abs(this.x(this.leads[this.calipers.lead], this.calipers[end]) - mm.x) * this.view.scale;
    const lead = this.under(mm);
    if (this.calipers?.lead === lead && Math.min(near("a"), near("b")) < 14) {
      this.calipers.active = near("a") < near("b") ? "a" : "b";
    } else {
      const at = this.sample(lead, mm);
      this.calipers = { lead, a: at, b: at, active: "b" };
    }
    this.measure();
  }

  drag(mm) {
    this.calipers[this.calipers.active] = this.sample(this.calipers.lead, mm);
    this.measure();
  }

  step(samples) {
    const { lead, active } = this.calipers;
    this.calipers[active] = this.nearest(lead, this.calipers[active] + samples);
    this.measure();
    this.describe();
  }

  change(by) {
    const next = (this.calipers.lead + by + this.leads.length) % this.leads.length;
    const [from, to] = [this.leads[this.calipers.lead], this.leads[next]];
    const share = to.uv.length / from.uv.length;
    this.calipers.lead = next;
    for (const end of ["a", "b"]) this.calipers[end] = this.nearest(next, this.calipers[end] * (share < 1 ? share : 1));
    this.measure();
    this.describe();
  }

  measure() {
    if (!this.overlay) return;
    this.overlay.replaceChildren();
    if (this.tool === "st" && this.st) this.drawSt();
    if (this.tool !== "calipers" || !this.calipers) return;
    const lead = this.leads[this.calipers.lead];
    const [a, b] = [this.calipers.a, this.calipers.b];
    for (const end of ["a", "b"]) {
      const [x, y] = [this.x(lead, this.calipers[end]), this.y(lead, this.calipers[end])];
      const active = this.calipers.active === end ? "end active" : "end";
      this.overlay.append(make("path", { d: `M ${x} ${lead.top} V ${lead.bottom}`, class: active }));
      this.overlay.append(make("circle", { cx: x, cy: y, r: 5 / this.view.scale, class: "hold" }));
    }
    const corner = `M ${this.x(lead, a)} ${this.y(lead, a)} H ${this.x(lead, b)} V ${this.y(lead, b)}`;
    this.overlay.append(make("path", { d: corner, class: "span" }));
    if (this.zero?.lead === this.calipers.lead) this.drawLevel(lead, this.y(lead, this.zero.at));
    const [high, middle] = [Math.min(this.y(lead, a), this.y(lead, b)), (this.x(lead, a) + this.x(lead, b)) / 2];
    this.tag(this.readings(), middle, high);
  }

  // What the calipers show, one line each for time and voltage.
  readings() {
    const { lead, a, b } = this.calipers;
    const ms = (1000 * Math.abs(b - a)) / this.data.rate_hz;
    const rate = ms >= LEAST_RR_MS ? `, ${Math.round(60000 / ms)} bpm` : "";
    return [`${ms.toFixed(0)} ms (${(ms / MS_PER_MM).toFixed(1)} mm)${rate}`,
      `${volts(this.voltage())}${this.zero?.lead === lead ? " from zero" : ""}`];
  }

  // The second end against the chosen zero, or against the first end.
  voltage() {
    const { lead, a, b } = this.calipers;
    const { uv } = this.leads[lead];
    return (uv[b] - uv[this.zero?.lead === lead ? this.zero.at : a]) / 1000;
  }

  setZero() {
    if (this.tool !== "calipers" || !this.calipers) return;
    const at = this.calipers[this.calipers.active];
    const same = this.zero?.lead === this.calipers.lead && this.zero.at === at;
    this.zero = same ? null : { lead: this.calipers.lead, at };
    this.measure();
    this.describe();
  }

  drawLevel(lead, y) {
    this.overlay.append(make("path", { d: `M ${lead.left} ${y} H ${lead.right}`, class: "level" }));
  }

  // Lines of text in a frame above a point, within the view.
  tag(lines, x, y) {
    const type = parseFloat(this.svg.style.getPropertyValue("--type"));
    const [width, height] = [0.68 * type * Math.max(...lines.map((line) => line.length)), 1.25 * type * lines.length + 0.4 * type];
    const [seen_x, seen_y] = this.size().map((px) => px / this.view.scale);
    const within = (at, span, from, whole) => Math.min(from + whole - span, Math.max(from, at));
    const left = within(x - width / 2, width, this.view.x, seen_x);
    const top = within(y - height - 1.2 * type, height, this.view.y, seen_y);
    this.overlay.append(make("rect", { x: left, y: top, width, height, rx: 0.3 * type, class: "tag" }));
    lines.forEach((line, i) => this.overlay.append(make("text",
      { x: left + 0.3 * type, y: top + (0.35 + 1.25 * i) * type, class: "reading" }, line)));
  }

  // --- ST of one beat --------------------------------------------------------------------------------------------

  choose(mm) {
    const shown = this.leads.map((lead, i) => i).filter((i) => this.leads[i].beats?.length);
    if (!shown.length) return;
    const under = this.under(mm);
    const lead = shown.includes(under) ? under : shown[0];
    const away = (beat) => Math.abs(this.leads[lead].x + beat.at * this.leads[lead].mm_per_sample - mm.x);
    const beats = this.leads[lead].beats;
    this.st = { lead, beat: beats.reduce((best, beat, i) => (away(beat) < away(beats[best]) ? i : best), 0) };
    this.measure();
    this.describe();
  }

  stepSt(beats, leads) {
    const shown = this.leads.map((lead, i) => i).filter((i) => this.leads[i].beats?.length);
    const lead = shown[(shown.indexOf(this.st.lead) + leads + shown.length) % shown.length];
    const last = this.leads[lead].beats.length - 1;
    this.st = { lead, beat: Math.min(last, Math.max(0, this.st.beat + beats)) };
    this.measure();
    this.describe();
  }

  drawSt() {
    const lead = this.leads[this.st.lead];
    const beat = lead.beats[this.st.beat];
    const level = lead.y - beat.pr_mv * lead.mm_per_mv;
    const [from, to] = [beat.pr[0], beat.moments[2]].map((i) => this.x(lead, i));
    this.overlay.append(make("path", { d: `M ${from} ${level} H ${to}`, class: "level" }));
    const high = Math.min(...beat.moments.map((i) => this.y(lead, i)), this.y(lead, beat.at), level);
    for (const i of beat.moments) {
      this.overlay.append(make("circle", { cx: this.x(lead, i), cy: this.y(lead, i), r: 4 / this.view.scale, class: "moment" }));
    }
    this.tag(this.stReadings(), (from + to) / 2, high);
  }

  stReadings() {
    const { st_mv: st } = this.leads[this.st.lead].beats[this.st.beat];
    return AFTER_J.map((moment, i) => `${moment} ${volts(st[i])}`);
  }

  keep() {
    if (!this.data.keeps || !this.keeps) return;
    if (this.tool === "calipers" && this.calipers) {
      const { lead, a, b } = this.calipers;
      this.keeps({ kind: "calipers", lead, a, b, zero: this.zero?.lead === lead ? this.zero.at : null });
    } else if (this.tool === "st" && this.st) {
      this.keeps({ kind: "st", ...this.st });
    }
  }

  fullScreen() {
    const frame = this.svg.closest(".viewer");
    // A browser or a frame around the app may forbid it.
    if (document.fullscreenElement) document.exitFullscreen();
    else frame.requestFullscreen?.().catch(() => { this.readout.textContent = "This browser does not allow a full screen here."; });
  }

  describe() {
    if (this.tool === "st" && this.st) {
      const { name, beats } = this.leads[this.st.lead];
      this.readout.innerHTML = `<strong></strong>, beat ${this.st.beat + 1} of ${beats.length}, ST against its PR level: `
        + `<strong>${this.stReadings().join("; ")}</strong>. Click another beat. Keys: <kbd>←</kbd> <kbd>→</kbd> beat, `
        + "<kbd>↑</kbd> <kbd>↓</kbd> lead, <kbd>K</kbd> keep, <kbd>M</kbd> move.";
      this.readout.querySelector("strong").textContent = name;
      return;
    }
    if (this.tool !== "calipers" || !this.calipers) {
      this.readout.innerHTML = "Drag to move, pinch or <kbd>Ctrl</kbd> + wheel to zoom. Keys: arrows, <kbd>+</kbd> "
        + "<kbd>−</kbd>, <kbd>0</kbd> fit, <kbd>1</kbd> true size, <kbd>C</kbd> calipers, "
        + "<kbd>S</kbd> ST of a beat, <kbd>F</kbd> full screen.";
      return;
    }
    const lead = this.leads[this.calipers.lead];
    const { rate_hz: rate } = this.data;
    const [a, b] = [this.calipers.a, this.calipers.b].map((i) => ({ ms: (1000 * i) / rate, mv: lead.uv[i] / 1000 }));
    const level = (mv) => `${signed(mv, 3)} mV`;
    const from = this.zero?.lead === this.calipers.lead ? " from the chosen zero" : "";
    const when = (end) => (this.data.kind === "beats"
      ? `${(end.ms + lead.start_ms).toFixed(0).replace("-", "−")} ms` : `${((end.ms + lead.start_ms) / 1000).toFixed(3)} s`);
    this.readout.innerHTML = `<strong></strong>: <strong>${this.readings()[0]}</strong>, `
      + `<strong>${volts(this.voltage())}</strong>${from}; from ${when(a)}, ${level(a.mv)} to ${when(b)}, ${level(b.mv)}. `
      + "Keys: <kbd>←</kbd> <kbd>→</kbd> one sample, with <kbd>Shift</kbd> ten; <kbd>↑</kbd> <kbd>↓</kbd> another lead; "
      + "<kbd>Space</kbd> the other end; <kbd>Z</kbd> zero here, <kbd>K</kbd> keep, <kbd>M</kbd> move.";
    this.readout.querySelector("strong").textContent = lead.name;
  }

  // --- input ---------------------------------------------------------------------------------------------------

  at(event) {
    const box = this.svg.getBoundingClientRect();
    return { px: event.clientX - box.left - this.svg.clientLeft, py: event.clientY - box.top - this.svg.clientTop };
  }

  mm({ px, py }) { return { x: this.view.x + px / this.view.scale, y: this.view.y + py / this.view.scale }; }

  listen() {
    const acts = {
      move: () => this.use("move"), calipers: () => this.use("calipers"), fit: () => this.fit(), print: () => this.print(),
      st: () => { if (!this.buttons.st.hidden) this.use("st"); }, zero: () => this.setZero(), keep: () => this.keep(),
      full: () => this.fullScreen(),
      in: () => this.zoom(1.4), out: () => this.zoom(1 / 1.4), true: () => this.zoom(PX_PER_MM / this.view.scale),
    };
    for (const [name, button] of Object.entries(this.buttons)) button.addEventListener("click", acts[name]);
    this.fader.addEventListener("input", () => this.fade());
    this.svg.addEventListener("keydown", (event) => this.key(event, acts));
    this.svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.svg.addEventListener("pointerdown", (event) => this.down(event));
    this.svg.addEventListener("pointermove", (event) => this.moved(event));
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, (event) => this.up(event));
    this.watch = new ResizeObserver(() => { if (this.view) this.fitting ? this.fit() : this.look(); });
    this.watch.observe(this.svg);
  }

  wheel(event) {
    // Without Ctrl the wheel scrolls the page.
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { px, py } = this.at(event);
    this.zoom(Math.exp(-event.deltaY / 300), px, py);
  }

  down(event) {
    if (event.button > 0) return;
    this.svg.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.at(event));
    this.svg.classList.add("held");
    if (this.tool === "calipers" && this.pointers.size === 1) this.grab(this.mm(this.at(event)));
    if (this.tool === "st" && this.pointers.size === 1) this.choose(this.mm(this.at(event)));
  }

  moved(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.at(event);
    if (this.pointers.size === 2) {
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      const spread = (p) => Math.hypot(p.px - other.px, p.py - other.py) || 1;
      this.zoom(spread(now) / spread(before), (now.px + other.px) / 2, (now.py + other.py) / 2);
    } else if (this.tool === "st") {
      this.choose(this.mm(now));
    } else if (this.tool === "calipers") {
      this.drag(this.mm(now));
    } else {
      this.pan(now.px - before.px, now.py - before.py);
    }
    this.pointers.set(event.pointerId, now);
  }

  up(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    this.svg.classList.remove("held");
    // Announced once the pointer rests, not at every sample.
    this.describe();
  }

  key(event, acts) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const measuring = this.tool === "calipers";
    const st = this.tool === "st" && this.st;
    const many = event.shiftKey ? 10 : 1;
    const keys = {
      "+": acts.in, "=": acts.in, "-": acts.out, 0: acts.fit, 1: acts.true, c: acts.calipers, m: acts.move,
      s: acts.st, z: acts.zero, k: acts.keep, f: acts.full,
      Escape: acts.move,
      " ": () => { if (measuring) this.calipers.active = this.calipers.active === "a" ? "b" : "a"; this.measure(); },
      ArrowLeft: () => (measuring ? this.step(-many) : st ? this.stepSt(-1, 0) : this.pan(60, 0)),
      ArrowRight: () => (measuring ? this.step(many) : st ? this.stepSt(1, 0) : this.pan(-60, 0)),
      ArrowUp: () => (measuring ? this.change(-1) : st ? this.stepSt(0, -1) : this.pan(0, 60)),
      ArrowDown: () => (measuring ? this.change(1) : st ? this.stepSt(0, 1) : this.pan(0, -60)),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // --- print ---------------------------------------------------------------------------------------------------

  print() {
    const { x, y, width, height, footer } = this.data;
    const copy = this.svg.cloneNode(true);
    // Calipers are not printed.
    copy.lastChild.remove();
    for (const name of ["class", "style", "tabindex", "role"]) copy.removeAttribute(name);
    copy.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    copy.setAttribute("width", `${width}mm`);
    copy.setAttribute("height", `${height}mm`);
    for (const grid of copy.querySelectorAll("rect")) grid.setAttribute("opacity", 1 - (this.coverage ?? 0));
    const frame = document.createElement("iframe");
    frame.style.cssText = "position:fixed;width:0;height:0;border:0";
    frame.title = "Print";
    frame.srcdoc = "<!doctype html><style>@page{size:A4 landscape;margin:8mm}body{margin:0;font:9pt system-ui}"
      + "svg{display:block;overflow:hidden;print-color-adjust:exact}p{margin:2mm 0 0}</style>"
      + copy.outerHTML + "<p></p>";
    frame.addEventListener("load", () => {
      frame.contentDocument.querySelector("p").textContent = footer;
      frame.contentWindow.addEventListener("afterprint", () => frame.remove());
      frame.contentWindow.print();
    });
    document.body.append(frame);
  }
}

const viewers = new WeakMap();
// Of every component on the page, whether or not they share this module.
const together = () => (window.ecgvizViewers ??= new Set());

export default function (component) {
  const root = component.parentElement;
  if (!viewers.has(root)) viewers.set(root, new Viewer(root));
  const viewer = viewers.get(root);
  together().add(viewer);
  viewer.keeps = (measured) => component.setTriggerValue("kept", measured);
  viewer.show(component.data);
  return () => { viewer.watch.disconnect(); viewers.delete(root); together().delete(viewer); };
}
