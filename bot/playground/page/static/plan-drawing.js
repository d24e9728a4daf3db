// A plan drawn: an example network, and what each member of it gets when the last one's friend buys something.

import { el } from "./dom.js";
import { money } from "./drawer-parts.js";

const SVG = "http://www.w3.org/2000/svg";
const COLUMN = 92;
const ROW = 62;
const EDGE = 20;
const RADIUS = 15;
const ROOM_BELOW = 14;

/** A picture of a plan: who is above whom, who sells, and the amounts that reach each of them. */
export function planDrawing(plan, strings) {
  const { example } = plan;
  const amount = (value) => money({ amount: value, ...example }, strings);
  const spots = placed(plan.drawing);
  const columns = Math.max(...[...spots.values()].map((spot) => spot.column)) + 1;
  const depth = Math.max(...[...spots.values()].map((spot) => spot.row)) + 1;
  const width = columns * COLUMN;
  const at = (name) => {
    const { column, row } = spots.get(name);
    const x = (column + 0.5) * COLUMN;
    return { x: strings.dir === "rtl" ? width - x : x, y: EDGE + row * ROW };
  };
  const lines = plan.drawing.members.filter((member) => member.parent).map((member) => line(at(member.parent), at(member.name)));
  const nodes = plan.drawing.members.map((member) => node(member.name, at(member.name), plan, strings));
  const drawing = shape("svg", { viewBox: `0 0 ${width} ${EDGE + (depth - 1) * ROW + RADIUS + 2 * ROOM_BELOW + 4}`, class: "plan-drawing", role: "img", "aria-label": toldOf(plan, strings, amount) }, ...lines, ...nodes);
  return el("figure", { class: "plan-figure" }, drawing, el("figcaption", { "aria-hidden": "true" }, sentence(example, strings, amount)));
}

/** What the picture shows, in words. */
function toldOf(plan, strings, amount) {
  const paid = Object.entries(plan.example.shares).map(([name, value]) => strings.t("drawer.plan.gets", { name, amount: amount(value) }));
  return [sentence(plan.example, strings, amount), ...paid].join(" ");
}

function sentence(example, strings, amount) {
  const out = Object.values(example.shares).reduce((sum, value) => sum + value, 0);
  const said = strings.t("drawer.plan.example", { price: amount(example.price), out: amount(out) });
  if (!example.pairing) return said;
  return `${said} ${strings.t("drawer.plan.example.pairing", { rate: Number.parseFloat(example.pairing) })}`;
}

/** Where each member stands: a column for each end of the tree, and who has others below stands over their middle. */
function placed({ members }) {
  const spots = new Map();
  let columns = 0;
  const put = (name, row) => {
    const below = children(members, name).map((child) => put(child.name, row + 1));
    const column = below.length ? (below[0] + below.at(-1)) / 2 : columns++;
    spots.set(name, { column, row });
    return column;
  };
  for (const first of children(members, null)) put(first.name, 0);
  return spots;
}

function children(members, parent) {
  return members.filter((each) => each.parent === parent).sort((one, other) => (one.slot ?? 0) - (other.slot ?? 0));
}

function line(from, to) {
  return shape("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "plan-line" });
}

function node(name, { x, y }, { drawing, example }, strings) {
  const share = example.shares[name];
  const pairs = drawing.payments.some((each) => each.payee === name && each.kind === "pairing");
  const sells = name === drawing.seller;
  const kind = sells ? "sells" : share ? "paid" : pairs ? "pairs" : "";
  const under = share ? `+${strings.number(share / 10 ** example.exponent)}` : pairs ? strings.t("drawer.plan.pairing") : "";
  return shape(
    "g",
    { class: `plan-node ${kind}` },
    shape("circle", { cx: x, cy: y, r: RADIUS }),
    shape("text", { x, y: y + 5, class: "plan-name" }, name),
    ...(under ? [shape("text", { x, y: y + RADIUS + ROOM_BELOW, class: "plan-amount" }, under)] : []),
    ...(sells ? [shape("text", { x, y: y + RADIUS + 2 * ROOM_BELOW, class: "plan-sells" }, strings.t("drawer.plan.sells"))] : []),
  );
}

function shape(tag, about, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(about)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The same as lists within lists, with each rate. `drawing` holds members and payments. */
export function planList(drawing, t) {
  const paid = (name) => drawing.payments.filter((each) => each.payee === name).map((each) => el("span", { class: "drawn-paid" }, payment(each, t)));
  const branch = (parent) => {
    const found = children(drawing.members, parent).map(({ name }) => el("li", {}, el("b", {}, name), paid(name), branch(name)));
    return found.length ? el("ul", { class: "drawn" }, found) : null;
  };
  return branch(null);
}

function payment({ payer, kind, level, rate }, t) {
  if (kind === "direct") return t("drawer.plan.direct");
  if (kind === "pairing") return t("drawer.plan.pairing");
  const share = { level, rate: Number.parseFloat(rate), payer };
  return payer === null ? t("drawer.plan.level", share) : t("drawer.plan.level.of", share);
}
