// What the shop's server said to the purchase API and what it was answered, newest first.

import { el } from "./dom.js";
import { pretty, Records, shortTime } from "./drawer-parts.js";

const KEPT = 100;

export class Exchanges {
  #context;
  #records;

  constructor(context) {
    this.#context = context;
    const { t } = context.strings;
    this.#records = new Records({ kept: KEPT, sentence: t("shop.exchanges.none"), loading: t("drawer.loading") });
    this.element = this.#records.element;
  }

  clear() {
    this.#records.clear();
  }

  add(exchanges) {
    this.#records.add(exchanges.map((each) => this.#row(each)));
  }

  /** The numbers of those that are unfolded. */
  get open() {
    return this.#records.open;
  }

  unfold(numbers) {
    this.#records.unfold(numbers);
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
    const record = el("details", { class: "record", data: { status: exchange.status, seq: exchange.seq } }, head);
    record.addEventListener("toggle", () => {
      if (!record.open || record.children.length > 1) return;
      const asked = pretty({ ...exchange.headers, body: exchange.request }, t);
      record.append(el("h4", {}, t("drawer.calls.asked")), asked, el("h4", {}, t("drawer.calls.answered")), pretty(exchange.answer, t));
    });
    return el("li", {}, record);
  }
}
