// What the shop's server said to the purchase API and what it was answered, newest first.

import { el } from "./dom.js";
import { pretty, shortTime } from "./drawer-parts.js";

const KEPT = 100;

export class Exchanges {
  #context;
  #list = el("ol", { class: "records", reversed: true });
  #none;

  constructor(context) {
    this.#context = context;
    this.#none = el("p", { class: "drawer-none" }, context.strings.t("shop.exchanges.none"));
    this.element = el("div", {}, this.#none, this.#list);
  }

  clear() {
    this.#list.replaceChildren();
    this.#none.hidden = false;
  }

  add(exchanges) {
    this.#list.prepend(...exchanges.map((each) => this.#row(each)).reverse());
    while (this.#list.children.length > KEPT) this.#list.lastElementChild.remove();
    this.#none.hidden = this.#list.children.length > 0;
  }

  #row(exchange) {
    const { strings } = this.#context;
    const { t } = strings;
    const head = el(
      "summary",
      {},
      el("span", { class: `fate ${exchange.status < 400 ? "good" : "bad"}` }, strings.digits(exchange.status)),
      el("bdi", { class: "record-name", dir: "ltr" }, exchange.path),
      el("span", { class: "record-to" }, t("shop.number", { order: strings.digits(exchange.request.order) })),
      el("span", { class: "record-time" }, `${shortTime(exchange.at, this.#context)} · ${t("drawer.ms", { ms: exchange.took_ms })}`),
    );
    const record = el("details", { class: "record", data: { status: exchange.status } }, head);
    record.addEventListener("toggle", () => {
      if (!record.open || record.children.length > 1) return;
      const asked = pretty({ ...exchange.headers, body: exchange.request }, t);
      record.append(el("h4", {}, t("drawer.calls.asked")), asked, el("h4", {}, t("drawer.calls.answered")), pretty(exchange.answer, t));
    });
    return el("li", {}, record);
  }
}
