import { signInError } from "../errors.js";
import type { DeviceGrant } from "../flow.js";
import type { GrantAnswer, GrantParts } from "./grants.js";
import { oneLine } from "../one-line.js";
import { askedOf } from "./grants.js";

/**
 * Asks for a device code.
 * @throws SignInError with reason `unsupported` when the issuer offers none
 */
export async function startDevice(parts: GrantParts): Promise<DeviceGrant> {
  const { library, issuer, client, clientAuth, options } = parts;
  if (issuer.device_authorization_endpoint === undefined) {
    throw signInError(
      "the server's issuer offers no sign-in by device code",
      "Sign in with a browser, with client credentials or with a token.",
      { reason: "unsupported" },
    );
  }
  const response = await library.deviceAuthorizationRequest(
    issuer,
    client,
    clientAuth,
    askedOf(parts, parts.server.audience),
    options,
  );
  const answer = await library.processDeviceAuthorizationResponse(issuer, client, response);
  const { verification_uri_complete: complete } = answer;
  return {
    deviceCode: answer.device_code,
    userCode: oneLine(answer.user_code, 100),
    verificationUri: webAddress(answer.verification_uri),
    verificationUriComplete: complete === undefined ? undefined : webAddress(complete),
    expiresInMs: answer.expires_in * 1000,
    intervalMs: answer.interval === undefined ? undefined : answer.interval * 1000,
  };
}

/** A person is sent there, so it must be a page of the web. `URL` escapes what a terminal would act on. */
function webAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.href;
  throw signInError(
    "the issuer's page for the code is not an http or https URL",
    "Check the issuer.",
    { reason: "unsupported" },
  );
}

/** Asks whether the person has entered a device code. */
export async function pollDevice(
  { library, issuer, client, clientAuth, options }: GrantParts,
  deviceCode: string,
): Promise<GrantAnswer> {
  const response = await library.deviceCodeGrantRequest(
    issuer,
    client,
    clientAuth,
    deviceCode,
    options,
  );
  return library.processDeviceCodeResponse(issuer, client, response);
}
