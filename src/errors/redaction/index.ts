export { escapeControls } from "./escapes.js";
export { namesCredential, redactText } from "./redact-text.js";
export { removeSecrets, safeCause } from "./remove-secrets.js";
export { createSecretMask, type Secret, secretsOfHeaders } from "./secret-mask.js";
