import { FlyteError } from "../errors/index.js";

// A bundler for browsers takes this module for the /node entry point (the "browser" condition in package.json).
// It has the same names, so that the bundle is built without a warning, and each throws when it is called.

function refuse(name: string): never {
  throw new FlyteError(
    `${name} of "flyte-admin-client/node" runs in Node alone: in a browser, import AdminClient from "flyte-admin-client", which uses the REST gateway, or add createGrpcWebTransport from "flyte-admin-client/grpc-web" behind a gRPC-Web proxy.`,
    { code: "UNIMPLEMENTED" },
  );
}

/** Throws: commands run in Node alone. */
export const commandToken = (): never => refuse("commandToken");
/** Throws: connections of Node run in Node alone. */
export const connect = (): never => refuse("connect");
/** Throws: gRPC runs in Node alone. */
export const createGrpcTransport = (): never => refuse("createGrpcTransport");
/** Throws: the fetch with TLS options runs in Node alone. */
export const createNodeFetch = (): never => refuse("createNodeFetch");
/** Throws: files are read in Node alone. */
export const fileBody = (): never => refuse("fileBody");
/** Throws: files are written in Node alone. */
export const fileTokenStorage = (): never => refuse("fileTokenStorage");
/** Throws: keychains are opened in Node alone. */
export const keychainTokenStorage = (): never => refuse("keychainTokenStorage");
/** Throws: source files are generated in Node alone. */
export const generateTypes = (): never => refuse("generateTypes");
/** Throws: config files are read in Node alone. */
export const loadFlyteConfig = (): never => refuse("loadFlyteConfig");
/** Throws: a callback server listens in Node alone. */
export const loopbackAuthorizer = (): never => refuse("loopbackAuthorizer");
/** Throws: files are written in Node alone. */
export const saveOutputs = (): never => refuse("saveOutputs");
/** Throws: files are written in Node alone. */
export const saveToFile = (): never => refuse("saveToFile");
/** Throws: bodies are spooled to files in Node alone. */
export const withSpooledBody = (): never => refuse("withSpooledBody");
