import { type AdminClient, isFlyteError } from "flyte-admin-client";

/** Asks which server this is, and how to sign in. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const server = await admin.identity.getServerVersion();
  console.log("FlyteAdmin", server?.Version);

  try {
    const config = await admin.identity.getPublicClientConfig();
    console.log("sign in as", config.clientId, "for", config.scopes);
  } catch (error) {
    if (!isFlyteError(error, "UNIMPLEMENTED")) throw error;
    console.log("no sign-in is needed");
  }
  // #endregion example
}
