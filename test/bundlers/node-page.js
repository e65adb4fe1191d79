// A page that imports the entry point for Node by mistake.
import { connect, createGrpcTransport, loadFlyteConfig } from "flyte-admin-client/node";

/** How each call fails. */
const checkPage = () =>
  [() => connect(), () => createGrpcTransport({ baseUrl: "" }), () => loadFlyteConfig()].map(
    (call) => {
      try {
        return String(call());
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  );

Object.assign(globalThis, { checkPage });
