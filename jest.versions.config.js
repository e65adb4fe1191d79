import config from "./jest.config.js";

/** What protobuf and Connect have a hand in, on the versions of them that tools/lib/versions-test.mjs installs. */
/** @type {import("jest").Config} */
export default {
  ...config,
  roots: [
    "gen",
    "descriptors",
    "transports",
    "calls",
    "values",
    "errors",
    "lists",
    "behaviour",
  ].map((folder) => `<rootDir>/test/${folder}`),
  resolver: "<rootDir>/tools/lib/versions-resolver.cjs",
};
