import { randomText } from "./base64url.js";
import { OAuthRefusal } from "./oauth-error.js";

interface DeviceEntry {
  readonly clientId: string;
  readonly userCode: string;
  readonly scopes: readonly string[];
  readonly expiresAtMs: number;
  state: "pending" | "approved" | "denied";
  intervalMs: number;
  polledAtMs: number;
}

/** How the device code flow is answered. */
export interface IssuerDeviceOptions {
  /**
   * The life of a code, in seconds.
   * @defaultValue 600
   */
  readonly expiresInSeconds?: number | undefined;
  /**
   * How long a client has to wait between two questions, in seconds. A faster one gets `slow_down`.
   * @defaultValue 5
   */
  readonly intervalSeconds?: number | undefined;
}

/** The answer to a request for a device code (RFC 8628). */
export interface DeviceAnswer {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

/** The device codes of an issuer, and what people did with them. */
export class DeviceCodes {
  readonly #entries = new Map<string, DeviceEntry>();
  readonly #settings: IssuerDeviceOptions;
  readonly #nowMs: () => number;

  constructor(settings: IssuerDeviceOptions, nowMs: () => number) {
    this.#settings = settings;
    this.#nowMs = nowMs;
  }

  /** Issues a code. */
  begin(clientId: string, scopes: readonly string[], verificationUri: string): DeviceAnswer {
    const expiresInSeconds = this.#settings.expiresInSeconds ?? 600;
    const intervalSeconds = this.#settings.intervalSeconds ?? 5;
    const deviceCode = randomText();
    const userCode = randomText(5).toUpperCase().replaceAll(/[_-]/g, "X");
    this.#entries.set(deviceCode, {
      clientId,
      userCode,
      scopes,
      state: "pending",
      expiresAtMs: this.#nowMs() + expiresInSeconds * 1000,
      intervalMs: intervalSeconds * 1000,
      polledAtMs: this.#nowMs(),
    });
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: verificationUri,
      verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
      expires_in: expiresInSeconds,
      interval: intervalSeconds,
    };
  }

  /** Approves or denies a code, as the person does who was shown it. */
  decide(userCode: string, state: "approved" | "denied"): void {
    for (const entry of this.#entries.values()) {
      if (entry.userCode === userCode) entry.state = state;
    }
  }

  /** Redeems a code; it works once. Says so where it is too early, too late, or refused. */
  redeem(deviceCode: string, clientId: string): readonly string[] {
    const entry = this.#entries.get(deviceCode);
    if (entry?.clientId !== clientId) throw new OAuthRefusal("invalid_grant", "");
    const nowMs = this.#nowMs();
    if (nowMs >= entry.expiresAtMs) throw new OAuthRefusal("expired_token", "");
    const isTooFast = nowMs < entry.polledAtMs + entry.intervalMs;
    entry.polledAtMs = nowMs;
    if (isTooFast) {
      entry.intervalMs += 5000;
      throw new OAuthRefusal("slow_down", "");
    }
    if (entry.state === "pending") throw new OAuthRefusal("authorization_pending", "");
    this.#entries.delete(deviceCode);
    if (entry.state === "denied") throw new OAuthRefusal("access_denied", "");
    return entry.scopes;
  }
}
