import type { Message } from "@bufbuild/protobuf";

import type { WaitingClock } from "../../internal/cancellation/index.js";
import { mayPass, PollLoop, WatchPace } from "../wait/index.js";
import { ChangeFeed, type Changes } from "./change-feed.js";
import { ListView, type ViewSettings } from "./list-view.js";
import type { RowCursor } from "./row-cursor.js";
import type { WatchFailure } from "./watch-options.js";
import type { WatchedList, WatchedScope } from "./watch-source.js";

/** A loop that watches a list of a scope. */
export interface Watcher<Row extends Message> {
  /** Distinguishes the list and its settings from others of the scope. */
  readonly viewKey: string;
  readonly list: WatchedList<Row>;
  readonly settings: ViewSettings;
  readonly cursor: RowCursor<Row>;
  readonly onError: ((error: unknown, failure: WatchFailure) => void) | undefined;
}

/** The parts of a {@link WatchGroup}. */
export interface GroupParts<Row extends Message> {
  readonly scope: WatchedScope<Row>;
  readonly clock: WaitingClock;
  /** Whether a row can still change by itself. */
  readonly isOpen: (row: Row) => boolean;
  /** Called when the last watcher has left; the group is no longer used. */
  readonly onEmpty: () => void;
}

/** Polls one scope for all who watch lists of it: what was written last takes one call for all. */
export class WatchGroup<Row extends Message> {
  readonly #parts: GroupParts<Row>;
  readonly #feed: ChangeFeed<Row>;
  readonly #views = new Map<string, ListView<Row>>();
  readonly #watchers = new Set<Watcher<Row>>();
  readonly #loop: PollLoop;
  readonly #pace = new WatchPace();
  #failures = 0;
  #dueAt = -Infinity;

  constructor(parts: GroupParts<Row>) {
    this.#parts = parts;
    this.#feed = new ChangeFeed(parts.scope);
    this.#loop = new PollLoop(parts.clock, {
      dueAt: () => this.#dueAt,
      hasNew: () => this.#hasNewView(),
      poll: (signal) => this.#pollOnce(signal),
    });
  }

  /** Adds a watcher; with the first one, the polling begins. */
  add(watcher: Watcher<Row>): void {
    this.#watchers.add(watcher);
    const known = this.#views.get(watcher.viewKey);
    const view = known ?? new ListView(this.#parts.scope, watcher.list, watcher.settings);
    view.add(watcher.cursor);
    if (known === undefined) {
      this.#views.set(watcher.viewKey, view);
      this.#dueAt = -Infinity;
    }
    this.#loop.wake();
  }

  /** Removes a watcher; with the last one, the polling ends. */
  remove(watcher: Watcher<Row>): void {
    this.#watchers.delete(watcher);
    const view = this.#views.get(watcher.viewKey);
    view?.remove(watcher.cursor);
    if (view?.isEmpty === true) this.#views.delete(watcher.viewKey);
    if (this.#watchers.size > 0) return;
    this.#loop.stop();
    this.#parts.onEmpty();
  }

  #hasNewView(): boolean {
    return [...this.#views.values()].some((view) => view.isNew);
  }

  async #pollOnce(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const startedAt = clock.now();
    const poll = new Poll();
    await this.#poll(poll, signal);
    if (signal.aborted) return;
    const endedAt = clock.now();
    this.#dueAt = endedAt + this.#conclude(poll, endedAt - startedAt);
  }

  /** Reports how a poll went, and returns how long to wait for the next. */
  #conclude(poll: Poll, tookMs: number): number {
    const random = this.#parts.clock.random();
    const views = [...this.#views.values()];
    if (poll.failed.size === 0) {
      if (this.#failures > 0) for (const { cursor } of this.#watchers) cursor.announceSync();
      this.#failures = 0;
      const isOpen = views.some((view) => view.some(this.#parts.isOpen));
      const waitMs = this.#pace.afterPoll({ isChanged: poll.isChanged, isOpen, tookMs }, random);
      // A list that came while the poll was in flight was not part of it.
      return this.#hasNewView() ? 0 : waitMs;
    }
    this.#failures += 1;
    const nextPollMs = this.#pace.afterFailure(this.#failures, random);
    const failure = { failures: this.#failures, nextPollMs };
    for (const { viewKey, cursor, onError } of [...this.#watchers]) {
      if (!poll.failed.has(viewKey)) continue;
      try {
        onError?.(poll.failed.get(viewKey), failure);
      } catch (thrown) {
        cursor.fail(thrown);
      }
    }
    return nextPollMs;
  }

  async #poll(poll: Poll, signal: AbortSignal): Promise<void> {
    if (!(await this.#readChanges(poll, signal))) return;
    for (const [key, view] of [...this.#views]) {
      const now = this.#parts.clock.now();
      if (!view.isSyncDue(now)) continue;
      poll.isChanged = true;
      const isPaged = await this.#attempt(poll, key, view, signal, () => view.sync(now, signal));
      if (isPaged === true && !(await this.#readChanges(poll, signal, view))) return;
    }
  }

  /**
   * Reads what was written since the last time, and takes it into all lists.
   *
   * @param paged - the list that was read in several pages meanwhile
   * @returns whether it could be read
   */
  async #readChanges(poll: Poll, signal: AbortSignal, paged?: ListView<Row>): Promise<boolean> {
    let changes: Changes<Row>;
    try {
      changes = await this.#feed.read(signal);
    } catch (error) {
      for (const [key, view] of [...this.#views]) this.#fail(poll, key, view, error, signal);
      return false;
    }
    for (const [key, view] of [...this.#views]) {
      if (changes.kind === "tooMany") {
        view.invalidate();
        continue;
      }
      const { rows } = changes;
      await this.#attempt(poll, key, view, signal, async () => {
        if (view === paged) await view.applyAfterPages(rows, signal);
        else if (await view.apply(rows, signal)) poll.isChanged = true;
      });
    }
    return true;
  }

  async #attempt<T>(
    poll: Poll,
    key: string,
    view: ListView<Row>,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      // The changes that were to be taken in are not read again.
      view.invalidate();
      this.#fail(poll, key, view, error, signal);
      return undefined;
    }
  }

  /** Records a transient failure, and ends the list for any other. */
  #fail(poll: Poll, key: string, view: ListView<Row>, error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (mayPass(error)) {
      poll.failed.set(key, error);
      return;
    }
    this.#views.delete(key);
    view.fail(error);
  }
}

/** The result of a poll. */
class Poll {
  isChanged = false;
  /** The failures that pass, by the key of the list. */
  readonly failed = new Map<string, unknown>();
}
