// The shop: more people, another programme, and beginning anew.

import { button, el } from "./dom.js";
import { Answer, change, part } from "./drawer-parts.js";

export class Shop {
  #context;
  #t;
  #answer = new Answer();
  #plans = el("ul", { class: "plans" });

  constructor(context) {
    this.#context = context;
    this.#t = context.strings.t;
    const t = this.#t;
    this.progress = el("progress", { class: "drawer-progress", "aria-label": t("drawer.working"), hidden: true });
    this.element = el(
      "div",
      { class: "drawer-page" },
      this.progress,
      this.#answer.element,
      part(t("drawer.shop.people"), t("drawer.shop.people.words"), button({ class: "drawer-button", data: { act: "members" } }, () => this.#bring(), t("drawer.shop.add"))),
      part(t("drawer.shop.plans"), t("drawer.shop.plans.words"), this.#plans),
      part(t("drawer.shop.anew"), t("drawer.shop.anew.words"), button({ class: "drawer-button bad", data: { act: "restart" } }, () => this.#restart(), t("drawer.shop.over"))),
    );
  }

  async enter() {
    this.#drawPlans();
    this.#context.store.demo = await this.#context.api.get("/demo/state").catch(() => this.#context.store.demo);
    this.#drawPlans();
  }

  leave() {}

  #drawPlans() {
    const { demo } = this.#context.store;
    this.#plans.replaceChildren(...demo.plans.map((plan) => this.#plan(plan, plan.id === demo.plan)));
  }

  #plan(plan, current) {
    const { strings } = this.#context;
    const choose = button({ class: "drawer-button small", data: { plan: plan.id } }, () => this.#choose(plan), this.#t("drawer.shop.choose"));
    const mark = el("span", { class: "role" }, this.#t("drawer.shop.current"));
    return el("li", { class: `plan${current ? " current" : ""}` }, el("h4", {}, strings.of(plan.title), current ? mark : null), el("p", {}, strings.of(plan.sentence)), current ? null : choose);
  }

  #bring() {
    return this.#change("/demo/members", {}, (before, after, messages) => {
      this.#context.store.skew = after.now - Date.now();
      return this.#t("drawer.shop.came", { rows: after.journal - before.journal, messages });
    });
  }

  async #choose(plan) {
    const title = this.#context.strings.of(plan.title);
    if (!(await this.#context.dialogs.confirm(this.#t("drawer.shop.choose.sure", { plan: title }), this.#t("drawer.shop.over")))) return;
    await this.#change("/demo/plan", { id: plan.id }, () => this.#t("drawer.shop.chosen", { plan: title }));
  }

  async #restart() {
    if (!(await this.#context.dialogs.confirm(this.#t("drawer.shop.sure"), this.#t("drawer.shop.over")))) return;
    await this.#change("/demo/restart", {}, () => this.#t("drawer.shop.begun"));
  }

  async #change(path, body, told) {
    const { progress } = this;
    await change({ context: this.#context, answer: this.#answer, buttons: () => this.element.querySelectorAll("button"), progress, path, body, told });
    this.#drawPlans();
    this.#answer.element.scrollIntoView({ block: "nearest" });
  }
}
