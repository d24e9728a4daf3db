// The programme: more people in it, another one, and beginning anew.

import { button, el } from "./dom.js";
import { Answer, change, part } from "./drawer-parts.js";
import { planDrawing, planList } from "./plan-drawing.js";

export class Programme {
  #context;
  #t;
  #answer = new Answer();
  #plans = el("ul", { class: "plans" });
  #open;

  /** `kept` is what `keep` returned of the page that was here before. */
  constructor(context, kept = null) {
    this.#open = kept?.open ?? [];
    this.#context = context;
    this.#t = context.strings.t;
    const t = this.#t;
    this.progress = el("progress", { class: "drawer-progress", "aria-label": t("drawer.working"), hidden: true });
    this.element = el(
      "div",
      { class: "drawer-page" },
      this.progress,
      this.#answer.element,
      part(t("drawer.programme.people"), t("drawer.programme.people.words"), button({ class: "drawer-button", data: { act: "members" } }, () => this.#bring(), t("drawer.programme.add"))),
      part(t("drawer.programme.plans"), t("drawer.programme.plans.words"), this.#plans),
      part(t("drawer.programme.anew"), t("drawer.programme.anew.words"), button({ class: "drawer-button bad", data: { act: "restart" } }, () => this.#restart(), t("drawer.programme.over"))),
    );
  }

  async enter() {
    this.#drawPlans();
    this.#context.store.demo = await this.#context.api.get("/demo/state").catch(() => this.#context.store.demo);
    this.#drawPlans();
  }

  leave() {}

  keep() {
    return { open: this.#unfolded() };
  }

  #unfolded() {
    return [...this.#plans.querySelectorAll("details[open]")].map((each) => each.dataset.list);
  }

  #drawPlans() {
    const { demo } = this.#context.store;
    this.#open = this.#plans.children.length ? this.#unfolded() : this.#open;
    this.#plans.replaceChildren(...demo.plans.map((plan) => this.#plan(plan, plan.id === demo.plan)));
  }

  #plan(plan, current) {
    const { strings } = this.#context;
    const choose = button({ class: "drawer-button small", data: { plan: plan.id } }, () => this.#choose(plan), this.#t("drawer.programme.choose"));
    const mark = el("span", { class: "role" }, this.#t("drawer.programme.current"));
    const merits = el("ul", { class: "merits" }, el("li", { class: "strength" }, strings.of(plan.strength)), el("li", { class: "drawback" }, strings.of(plan.drawback)));
    const list = el("details", { data: { list: plan.id }, open: this.#open.includes(plan.id) }, el("summary", {}, this.#t("drawer.plan.drawing")), planList(plan.drawing, this.#t));
    return el(
      "li",
      { class: `plan${current ? " current" : ""}` },
      el("h4", {}, strings.of(plan.title), current ? mark : null),
      el("p", {}, strings.of(plan.sentence)),
      planDrawing(plan, strings),
      merits,
      list,
      current ? null : choose,
    );
  }

  #bring() {
    return this.#change("/demo/members", {}, (before, after, messages) => {
      this.#context.store.skew = after.now - Date.now();
      return this.#t("drawer.programme.came", { rows: after.journal - before.journal, messages });
    });
  }

  async #choose(plan) {
    const title = this.#context.strings.of(plan.title);
    if (!(await this.#context.dialogs.confirm(this.#t("drawer.programme.choose.sure", { plan: title }), this.#t("drawer.programme.over"), null, { danger: true }))) return;
    await this.#change("/demo/plan", { id: plan.id }, () => this.#t("drawer.programme.chosen", { plan: title }));
  }

  async #restart() {
    if (!(await this.#context.dialogs.confirm(this.#t("drawer.programme.sure"), this.#t("drawer.programme.over"), null, { danger: true }))) return;
    await this.#change("/demo/restart", {}, () => this.#t("drawer.programme.begun"));
  }

  async #change(path, body, told) {
    const { progress } = this;
    await change({ context: this.#context, answer: this.#answer, buttons: () => this.element.querySelectorAll("button"), progress, path, body, told });
    this.#drawPlans();
    this.#answer.element.scrollIntoView({ block: "nearest" });
  }
}
