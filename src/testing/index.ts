export {
  type Faults,
  InMemoryFlyteAdmin,
  type InMemoryFlyteAdminOptions,
} from "./in-memory-flyte-admin.js";
