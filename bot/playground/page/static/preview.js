// What a conversation will look like, in outline, behind a phone on which nothing has happened yet.

import { el } from "./dom.js";
import { money } from "./drawer-parts.js";

/** By role: whether the person or the bot writes each of its lines. */
const LINES = { member: ["in", "in", "out", "in"], friend: ["out", "in", "in", "in"], admin: ["in", "in", "in"] };

/** The outline for a person's phone, for the eye alone; none where no demo runs, whose plan says what is earned. */
export function preview(person, { store, strings }) {
  const plan = store.demo?.plans.find((each) => each.id === store.demo.plan);
  if (!plan) return [];
  const { example } = plan;
  const names = Object.fromEntries(store.people.map((each) => [each.role, strings.of(each.name)]));
  const amounts = { price: money({ amount: example.price, ...example }, strings), amount: money({ amount: example.alone, ...example }, strings) };
  const lines = LINES[person.role].map((side, place) => el(
    "div",
    { class: `preview-line ${side}`, dir: "auto" },
    strings.t(`preview.${person.role}.${place + 1}`, { ...names, ...amounts }),
  ));
  return [el("div", { class: "preview-talk", "aria-hidden": "true" }, lines)];
}
