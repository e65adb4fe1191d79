import type { Read } from "./values.js";

/** How to sign in: the names of flytectl, of which flytekit takes others for the same. */
export type AuthType = "ClientSecret" | "Pkce" | "ExternalCommand" | "DeviceFlow";

const names: Readonly<Record<string, AuthType>> = {
  clientsecret: "ClientSecret",
  client_credentials: "ClientSecret",
  basic: "ClientSecret",
  pkce: "Pkce",
  standard: "Pkce",
  externalcommand: "ExternalCommand",
  external_process: "ExternalCommand",
  deviceflow: "DeviceFlow",
};

/** Reads an `authType` of flytectl or an `auth_mode` of flytekit, in any case. */
export function readAuthType(value: unknown): Read<AuthType> {
  const name = typeof value === "string" ? value.trim().toLowerCase() : "";
  const type = Object.hasOwn(names, name) ? names[name] : undefined;
  if (type !== undefined) return { value: type };
  return { wanted: "write Pkce, ClientSecret, ExternalCommand or DeviceFlow" };
}
