import { signInError } from "../errors.js";
import type { DeviceGrant } from "../flow.js";
import type { GrantAnswer, GrantParts } from "./grant-parts.js";
import { askedOf } from "./simple-grants.js";

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
    askedOf(parts),
    options,
  );
  const answer = await library.processDeviceAuthorizationResponse(issuer, client, response);
  return {
    deviceCode: answer.device_code,
    userCode: answer.user_code,
    verificationUri: answer.verification_uri,
    verificationUriComplete: answer.verification_uri_complete,
    expiresInMs: answer.expires_in * 1000,
    intervalMs: answer.interval === undefined ? undefined : answer.interval * 1000,
  };
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
