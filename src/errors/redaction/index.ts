export { escapeControls } from "./escape-controls.js";
export { secretsOfHeaders } from "./header-secrets.js";
export { namesCredential, redactText } from "./redact-text.js";
export { removeSecrets } from "./remove-secrets.js";
export { safeCause } from "./safe-cause.js";
export { createSecretMask, type Secret } from "./secret-mask.js";
