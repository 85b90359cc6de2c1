"use strict";
/* The replay of one history: marks for fighters, strikes and people in flight on the map of control. */

const BODY = 8; // px: radius of 5,000 fighters on a map of ordinary width

class ReplayMap extends ControlMap {
  unpack() {
    super.unpack();
    this.moves = this.element.querySelector(".map-moves");
    this.film = this.data.film.map((picture) => {
      const [cells, actors, fighters] = picture.bodies;
      return { ...picture, bodies: this.bodies(words(cells), bytes(actors), new Uint32Array(bytes(fighters).buffer)) };
    });
  }

  bodies(cells, actors, fighters) {
    const all = Array.from(cells, (cell, i) => ({ cell, actor: this.data.actors[actors[i]], fighters: fighters[i] }));
    return all.sort((a, b) => b.fighters - a.fighters);
  }

  show() {
    super.show();
    const [strikes, fled, returned] = this.film[this.day].moves, count = (n) => n.toLocaleString("en-GB");
    const parts = [`${count(strikes)} strikes`, `${count(fled)} people flee`];
    if (returned) parts.push(`${count(returned)} return home`);
    this.moves.textContent = this.day ? `Since the last step: ${parts.join(", ")}.` : "The start: nothing has happened yet.";
  }

  drawPlaces(pen, width) {
    const picture = this.film[this.day];
    for (const [from, to, people] of picture.flights) this.drawFlight(pen, from, to, people);
    for (const body of picture.bodies) this.drawBody(pen, body, width);
    for (const [cell, count] of picture.strikes) this.drawStrike(pen, cell, count);
    super.drawPlaces(pen, width);
  }

  middleOf(cell) {
    return [(this.columns[cell] + 0.5) * this.cw, (this.nr - 0.5 - this.rows[cell]) * this.ch];
  }

  drawBody(pen, { cell, actor, fighters }, width) {
    const [x, y] = this.middleOf(cell), scale = Math.min(1.3, Math.max(0.75, width / 432));
    pen.beginPath(); pen.arc(x, y, Math.max(1.6, BODY * scale * Math.sqrt(fighters / 5000)), 0, 7);
    pen.fillStyle = actor.colour; pen.fill();
    pen.strokeStyle = "#ffffff"; pen.lineWidth = 2.4; pen.stroke();
    pen.strokeStyle = "#1d2530"; pen.lineWidth = 1; pen.stroke();
  }

  drawStrike(pen, cell, count) {
    const [x, y] = this.middleOf(cell), long = 5 + Math.min(6, count), points = 8;
    pen.beginPath();
    for (let k = 0; k < 2 * points; k++) {
      const far = k % 2 ? long * 0.42 : long, turn = Math.PI * k / points;
      pen.lineTo(x + far * Math.cos(turn), y + far * Math.sin(turn));
    }
    pen.closePath();
    pen.fillStyle = "#ffe45c"; pen.fill(); pen.strokeStyle = "#1d2530"; pen.lineWidth = 1.2; pen.stroke();
  }

  drawFlight(pen, from, to, people) {
    const [x, y] = this.middleOf(from), [u, v] = this.middleOf(to), bend = 0.18;
    const cx = (x + u) / 2 + bend * (v - y), cy = (y + v) / 2 - bend * (u - x), turn = Math.atan2(v - cy, u - cx);
    pen.lineCap = "round";
    for (const [colour, wide] of [["#ffffff", 2.4], ["#1d2530", 0]]) {
      pen.strokeStyle = colour; pen.lineWidth = wide + 0.6 + Math.min(3, Math.log10(people / 100));
      pen.beginPath(); pen.moveTo(x, y); pen.quadraticCurveTo(cx, cy, u, v);
      for (const side of [-0.5, 0.5]) { pen.moveTo(u, v); pen.lineTo(u - 6 * Math.cos(turn + side), v - 6 * Math.sin(turn + side)); }
      pen.stroke();
    }
  }

  read(event) {
    super.read(event);
    const i = this.squareAt(event), picture = this.film[this.day];
    if (i < 0) return;
    const here = picture.bodies.filter((body) => body.cell === i);
    const told = here.map((body) => ` ${body.fighters.toLocaleString("en-GB")} fighters of ${body.actor.name}.`);
    const struck = picture.strikes.find(([cell]) => cell === i);
    if (struck) told.push(` Strikes since the last step: ${struck[1]}.`);
    this.readout.textContent += told.join("");
  }

  share() { return ""; }
}
