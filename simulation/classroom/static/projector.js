"use strict";

import { $, Listener, Pages, ask, numbers } from "./room.js";

const CODE = "wall";
let listener = null, counts = null;
const pages = new Pages(() => ({ dots: listener.dots, state: { bare: true, scale: Math.min(4, Math.max(1, innerWidth / 800)), height: Math.max(180, innerHeight * (pages.view === "ends" ? .5 : .34)) } }));

function heard(name, found) {
  if (name === "lesson") pages.lesson(found);
  if (name === "counts") counts = found;
  if (name === "dots") pages.redraw();
  if (!pages.now || !counts) return;
  numbers($("numbers"), counts, pages.now.stage);
  pages.show("joining", pages.at("join", "predict") && pages.now.door);
  pages.show("predict", pages.at("predict"));
  pages.show("notice", pages.at("notice"));
  pages.show("home", pages.at("home"));
  pages.show("question", pages.at("join", "predict"));
}

async function where(who) {
  const found = await ask("/api/address", who);
  $("address").textContent = found.url;
  $("shown").textContent = found.code;
  $("qr").replaceChildren(squares(found.qr));
}

/** The QR code with the quiet zone of four squares that readers need. */
function squares(rows) {
  const NS = "http://www.w3.org/2000/svg", size = rows.length + 8, svg = document.createElementNS(NS, "svg"), path = document.createElementNS(NS, "path");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR code with the address and the code of the lesson");
  path.setAttribute("d", rows.flatMap((row, y) => [...row].map((bit, x) => bit === "1" ? `M${x + 4} ${y + 4}h1v1h-1z` : "")).join(""));
  svg.append(path);
  return svg;
}

function enter(code) {
  sessionStorage.setItem(CODE, code);
  history.replaceState(null, "", "/projector");
  $("join").hidden = true;
  const who = `Code ${code}`;
  listener = new Listener(who, heard, error => askAgain(error.message));
  where(who).catch(() => {});
}

function askAgain(sentence) {
  sessionStorage.removeItem(CODE);
  $("join").hidden = false;
  $("wrong").hidden = !sentence;
  $("wrong").textContent = sentence;
  $("code").focus();
}

$("join").addEventListener("submit", event => { event.preventDefault(); enter($("code").value); });
const code = decodeURIComponent(location.hash.slice(1)) || sessionStorage.getItem(CODE);
if (code) enter(code);
else askAgain("");
