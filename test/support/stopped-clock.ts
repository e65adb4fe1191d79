import { jest } from "@jest/globals";

/** Stops the clock of the client and of the server; sockets need no timers. `jest.useRealTimers` ends it. */
export function stopClock(): void {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] });
}

/** Lets what is on the network arrive. The clock is stopped meanwhile. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
