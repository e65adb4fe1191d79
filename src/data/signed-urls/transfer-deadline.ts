import { DeadlineExceededError, FlyteError } from "../../errors/index.js";
import {
  abortError,
  type CancellationGroup,
  createDeadline,
  type Deadline,
} from "../../internal/cancellation/index.js";
import type { TransferOptions } from "./options.js";

/**
 * Arms the deadline of a whole transfer: the caller's signal, the end of the client and the time limit.
 *
 * @throws InvalidOptionError for a `timeoutMs` that is not a non-negative number
 */
export function createTransferDeadline(
  subject: string,
  { signal, timeoutMs }: Pick<TransferOptions, "signal" | "timeoutMs">,
  closed?: CancellationGroup,
): Deadline {
  return createDeadline({
    signals: [signal],
    group: closed,
    timeoutMs,
    abortError: (source) => {
      const reason: unknown = source.reason;
      // The end of an outer transfer, such as its deadline, explains itself.
      return reason instanceof FlyteError ? reason : abortError(source, subject);
    },
    timeoutError: (limitMs) =>
      new DeadlineExceededError(`${subject} took longer than timeoutMs (${limitMs}).`),
  });
}
