import config from "./jest.config.js";

/** @type {import("jest").Config} */
export default {
  ...config,
  roots: ["<rootDir>/test/browser"],
  testPathIgnorePatterns: [],
  maxWorkers: 1,
};
