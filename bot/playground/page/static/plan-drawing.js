// A plan drawn: an example network as lists within lists, and what each member gets when the last one sells.

import { el } from "./dom.js";

/** `drawing` holds members by who is above them, and payments by who gets them. */
export function planDrawing(drawing, t) {
  const below = (parent) => drawing.members.filter((each) => each.parent === parent).sort((one, other) => (one.slot ?? 0) - (other.slot ?? 0));
  const paid = (name) => drawing.payments.filter((each) => each.payee === name).map((each) => el("span", { class: "drawn-paid" }, payment(each, t)));
  const branch = (parent) => {
    const found = below(parent).map(({ name }) => el("li", {}, el("b", {}, name), paid(name), branch(name)));
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
