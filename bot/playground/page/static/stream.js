// The line to the server: all that happened, then what happens. It comes back by itself, from where it was.

import { Emitter } from "./emitter.js";

const COME_BACK_MS = 1000;

/** Emits `generation` ({world, now}), `happened` (event), `live` ({seq, now}) and `connection` (whether it is up). */
export class Stream extends Emitter {
  #source = null;
  #last = "";
  #again = 0;
  #people = [];

  /** Listens to what happens to `people` (their ids), and to nobody else. */
  open(people = this.#people) {
    this.#people = people;
    clearTimeout(this.#again);
    this.#source?.close();
    const query = new URLSearchParams([["after", this.#last], ...people.map((id) => ["chat", id])]);
    const source = new EventSource(`/page/stream?${query}`);
    this.#source = source;
    source.addEventListener("open", () => this.emit("connection", true));
    source.addEventListener("error", () => this.#lost(source));
    source.addEventListener("generation", (event) => this.emit("generation", JSON.parse(event.data)));
    source.addEventListener("live", (event) => this.emit("live", JSON.parse(event.data)));
    source.addEventListener("happened", (event) => {
      this.#last = event.lastEventId;
      this.emit("happened", JSON.parse(event.data));
    });
  }

  /** A browser tries again by itself after a lost line, but not after an answer that was no stream. */
  #lost(source) {
    this.emit("connection", false);
    if (source.readyState !== EventSource.CLOSED) return;
    this.#again = setTimeout(() => this.open(), COME_BACK_MS);
  }
}
