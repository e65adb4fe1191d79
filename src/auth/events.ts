/**
 * An event of a sign-in:
 * - `signedIn`: a person or a service signed in;
 * - `renewed`: another token took the place of the one before;
 * - `signedOut`: the session is over, or was ended: a page can ask the person to sign in again;
 * - `storageFailed`: the storage could not be read or written; calls continue without it.
 */
export interface AuthEvent {
  /** The kind of event. */
  readonly kind: "signedIn" | "renewed" | "signedOut" | "storageFailed";
  /** Why, in words without secrets. */
  readonly reason?: string | undefined;
}

/** Takes events. What it throws is dropped: an observer does not fail a call. */
export type AuthListener = (event: AuthEvent) => void;

/** Passes an event to a listener. */
export function tell(listener: AuthListener | undefined, event: AuthEvent): void {
  try {
    listener?.(event);
  } catch {
    // A failing observer must not fail the call.
  }
}
