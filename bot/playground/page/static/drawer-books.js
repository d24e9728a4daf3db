// The journal as it is written, newest first: what happened, and which money it moved from where to where.

import { el } from "./dom.js";
import { money, pretty, Records, shortTime, Watch } from "./drawer-parts.js";

const WAIT_S = 20;
const KEPT = 150;
const FIRST = 100;

export class Books {
  #context;
  #t;
  #watch = new Watch();
  #seq = null;
  #generation = null;
  #names = {};
  #rows = [];
  #records;

  /** `kept` is what `keep` returned of the page that was here before. */
  constructor(context, kept = null) {
    this.#context = context;
    this.#t = context.strings.t;
    this.#records = new Records({ kept: KEPT, sentence: this.#t("drawer.books.none"), loading: this.#t("drawer.loading") });
    this.element = el("div", { class: "drawer-page" }, el("p", { class: "drawer-words" }, this.#t("drawer.books.words")), this.#records.element);
    if (kept) this.#resume(kept);
  }

  keep() {
    return { generation: this.#generation, seq: this.#seq, rows: this.#rows, names: this.#names, open: this.#records.open };
  }

  #resume({ generation, seq, rows, names, open }) {
    this.#generation = generation;
    this.#seq = seq;
    if (seq !== null) this.#take({ rows, names });
    this.#records.unfold(open);
  }

  enter() {
    this.#watch.start(async (going) => {
      const { api } = this.#context;
      if (this.#seq === null) await this.#begin();
      const answer = await api.get(`/demo/journal?after=${this.#seq}&timeout=${WAIT_S}`);
      if (!going()) return;
      if (answer.generation !== this.#generation) this.#seq = null;
      else this.#take(answer);
    });
  }

  leave() {
    this.#watch.stop();
  }

  async #begin() {
    const { generation, journal } = await this.#context.api.get("/demo/state");
    this.#generation = generation;
    this.#seq = Math.max(0, journal - FIRST);
    this.#rows = [];
    this.#records.clear();
  }

  #take({ rows, names }) {
    Object.assign(this.#names, names);
    if (rows.length) this.#seq = rows.at(-1).seq;
    this.#rows = [...this.#rows, ...rows].slice(-KEPT);
    this.#records.add(rows.map((row) => this.#row(row)));
  }

  #row(row) {
    const { strings } = this.#context;
    const t = this.#t;
    const head = el(
      "summary",
      {},
      el("span", { class: `fate ${row.refusal ? "bad" : ""}` }, strings.number(row.seq)),
      el("span", { class: "record-name" }, t(`drawer.event.${row.type}`)),
      el("span", { class: "record-to", dir: "auto" }, this.#who(row)),
      el("span", { class: "record-time" }, shortTime(row.at, this.#context)),
    );
    const refusal = row.refusal ? el("p", { class: "refusal" }, t("drawer.books.refused"), " ", el("bdi", {}, refusalOf(row.refusal))) : null;
    const record = el("details", { class: "record", data: { event: row.type, seq: row.seq } }, head);
    record.addEventListener("toggle", () => record.open && record.children.length <= 2 && record.append(el("h4", {}, t("drawer.books.row")), pretty(row.content, t)));
    const transfers = row.transfers.length ? el("ul", { class: "transfers" }, row.transfers.map((each) => this.#transfer(each))) : null;
    return el("li", {}, record, refusal, transfers);
  }

  #transfer(transfer) {
    const amount = money(transfer, this.#context.strings);
    return el(
      "li",
      { class: "transfer" },
      el("span", { class: "account", dir: "auto" }, this.#account(transfer.debit)),
      el("span", { class: "arrow", "aria-hidden": "true" }, this.#context.strings.dir === "rtl" ? "←" : "→"),
      el("span", { class: "hidden-words" }, this.#t("drawer.books.to")),
      el("span", { class: "account", dir: "auto" }, this.#account(transfer.credit)),
      el("strong", { class: "amount" }, amount),
    );
  }

  #account(account) {
    const [bucket, member] = account.split(":");
    const name = this.#t(`drawer.account.${bucket}`);
    return member ? this.#t("drawer.account.of", { account: name, name: this.#name(member) }) : name;
  }

  #who({ content }) {
    const id = content.buyer ?? content.member ?? content.person;
    return id ? this.#name(id) : content.order ?? content.id ?? "";
  }

  #name(id) {
    return this.#names[id] ?? id;
  }
}

/** The rule's own code of a refusal, which is stored with its details. */
function refusalOf(refusal) {
  try {
    return JSON.parse(refusal).code ?? refusal;
  } catch {
    return refusal;
  }
}
