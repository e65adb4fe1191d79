import { types } from "node:util";

// Errors made by Node's core belong to another realm than a jest test's, so
// `instanceof Error` is false for them and Connect cannot read their codes.
const ErrorClass = Error;
Object.defineProperty(Error, Symbol.hasInstance, {
  configurable: true,
  value(this: unknown, value: unknown): boolean {
    if (this === ErrorClass && types.isNativeError(value)) return true;
    return Function.prototype[Symbol.hasInstance].call(this, value);
  },
});
