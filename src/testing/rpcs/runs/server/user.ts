import type { FlyteState } from "../../../store/index.js";

/** The user that the server sees behind every call: none where authentication is off. */
export function userOf(state: FlyteState): string {
  return state.auth?.userInfo.subject ?? "";
}
