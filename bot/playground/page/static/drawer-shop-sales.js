// What was bought, newest first: what is left of it, the same once more, and giving back.

import { button, el } from "./dom.js";
import { money, shortTime } from "./drawer-parts.js";

export class Sales {
  #context;
  #t;
  #acts;
  #shown = new Map();
  #state = null;
  #list = el("ol", { class: "sales", reversed: true });
  #none;

  /** `acts` are `again(sale)` and `refund(sale, amount)`, the amount in minor units; both resolve when it is done. */
  constructor(context, acts) {
    this.#context = context;
    this.#t = context.strings.t;
    this.#acts = acts;
    this.#none = el("p", { class: "drawer-none" }, this.#t("drawer.loading"));
    this.element = el("div", {}, this.#none, this.#list);
  }

  /** Shows a person's orders; those that are as they were are left alone, because somebody may be typing there. */
  show(state, person) {
    this.#state = state;
    const sales = state.sales.filter((sale) => sale.person === person).reverse();
    const elements = sales.map((sale) => this.#element(sale));
    const same = elements.length === this.#list.children.length && elements.every((each, place) => each === this.#list.children[place]);
    if (!same) this.#list.replaceChildren(...elements);
    this.#none.textContent = this.#t("shop.sales.none");
    this.#none.hidden = sales.length > 0;
  }

  /** What stands in the fields of amounts, by the order's number. */
  get typed() {
    return [...this.#list.querySelectorAll("[data-amount]")].map((field) => [field.dataset.amount, field.value]);
  }

  /** Puts amounts back into their fields. */
  type(typed) {
    for (const [order, amount] of typed) {
      const field = this.#list.querySelector(`[data-amount="${order}"]`);
      if (field) field.value = amount;
    }
  }

  #element(sale) {
    const known = JSON.stringify([this.#state.generation, sale]);
    if (this.#shown.get(sale.id)?.known !== known) this.#shown.set(sale.id, { known, element: this.#draw(sale) });
    return this.#shown.get(sale.id).element;
  }

  #draw(sale) {
    const { total, refunded } = sale.answer;
    const left = total - refunded;
    const kind = left === 0 ? "refunded" : refunded ? "part" : "paid";
    const again = button({ class: "drawer-button small", data: { again: sale.id } }, () => this.#work(element, this.#acts.again(sale)), this.#t("shop.again"));
    const element = el(
      "li",
      { class: "sale", data: { sale: sale.id, kind } },
      el(
        "div",
        { class: "sale-head" },
        el("strong", {}, this.#t("shop.order", { order: this.#context.strings.digits(sale.id) })),
        el("span", { class: `fate ${kind === "paid" ? "good" : ""}` }, this.#t(`shop.state.${kind}`)),
        el("span", { class: "record-time" }, shortTime(sale.at, this.#context)),
      ),
      el("p", { class: "sale-lines" }, this.#lines(sale.basket)),
      el("p", { class: "sale-money" }, el("strong", {}, this.#money(total)), refunded ? el("span", { class: "drawer-words" }, this.#t("shop.refunded", { amount: this.#money(refunded) })) : null),
      el("div", { class: "sale-acts" }, again, left ? this.#giveBack(sale, left, () => element) : null),
    );
    return element;
  }

  #lines(basket) {
    const { strings } = this.#context;
    const named = new Map(this.#state.goods.map((goods) => [goods.id, strings.of(goods.name)]));
    const lines = Object.entries(basket).map(([id, pieces]) => this.#t("shop.line", { pieces, name: named.get(id) ?? id }));
    return lines.join(this.#t("shop.and"));
  }

  #giveBack(sale, left, element) {
    const label = this.#t("shop.amount", { order: this.#context.strings.digits(sale.id) });
    const amount = el("input", { class: "field", inputmode: "numeric", autocomplete: "off", "aria-label": label, title: label, dir: "ltr", data: { amount: sale.id } });
    amount.value = this.#major(left);
    const submit = async (event) => {
      event.preventDefault();
      const wanted = this.#minor(amount.value);
      if (wanted === null) {
        amount.value = this.#major(left);
        amount.select();
        return;
      }
      await this.#work(element(), this.#acts.refund(sale, wanted));
    };
    const send = el("button", { type: "submit", class: "drawer-button small bad", data: { refund: sale.id } }, this.#t("shop.refund"));
    return el("form", { class: "give-back", on: { submit } }, amount, send);
  }

  async #work(element, deed) {
    const pressed = element.querySelectorAll("button");
    for (const each of pressed) each.disabled = true;
    await deed;
    for (const each of pressed) each.disabled = false;
  }

  #money(amount) {
    return money({ amount, currency: this.#state.currency, exponent: this.#state.exponent }, this.#context.strings);
  }

  /** Minor units as one types them, in the digits of the language. */
  #major(amount) {
    const { exponent } = this.#state;
    const locale = this.#context.strings.lang === "fa" ? "fa-IR" : "en";
    return new Intl.NumberFormat(locale, { minimumFractionDigits: exponent, maximumFractionDigits: exponent }).format(amount / 10 ** exponent);
  }

  /** What was typed, in digits of either language, in minor units; null for what is no amount. */
  #minor(text) {
    const digits = text.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit)).replace("٫", ".").replace(/[\s,٬،]/g, "");
    if (!/^\d{1,12}(\.\d+)?$/.test(digits)) return null;
    return Math.round(Number(digits) * 10 ** this.#state.exponent) || null;
  }
}
