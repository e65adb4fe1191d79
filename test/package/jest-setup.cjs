// What protobuf needs of Node and Jest's jsdom does not have.
const { TextDecoder, TextEncoder } = require("node:util");

Object.assign(globalThis, { TextDecoder, TextEncoder });
