const maxChars = 63;
const maxPrefixChars = 253;
const namePattern = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const dnsLabelPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomainPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Returns Kubernetes's objections to the key of a label, in its words; empty when it accepts it. */
export function labelKeyProblems(key: string): readonly string[] {
  const parts = key.split("/");
  const [prefix = "", name = ""] = parts.length === 1 ? ["", key] : parts;
  if (parts.length > 2) {
    return [
      "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') " +
        "with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ];
  }
  return [...(parts.length === 2 ? prefixProblems(prefix) : []), ...nameProblems(name)];
}

/** Returns Kubernetes's objections to the value of a label, in its words; empty when it accepts it. */
export function labelValueProblems(value: string): readonly string[] {
  const problems: string[] = [];
  if (value.length > maxChars) problems.push(`must be no more than ${maxChars} characters`);
  if (value !== "" && !namePattern.test(value)) {
    problems.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    );
  }
  return problems;
}

/** The faults of a DNS label in Kubernetes' words; empty for a valid one. */
export function dnsLabelProblems(label: string): readonly string[] {
  const problems: string[] = [];
  if (label.length > maxChars) problems.push(`must be no more than ${maxChars} characters`);
  if (dnsLabelPattern.test(label)) return problems;
  if (subdomainPattern.test(label)) return [...problems, "must not contain dots"];
  return [
    ...problems,
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
      "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
  ];
}

function nameProblems(name: string): readonly string[] {
  const problems: string[] = [];
  if (name === "") problems.push("name part must be non-empty");
  if (name.length > maxChars) {
    problems.push(`name part must be no more than ${maxChars} characters`);
  }
  if (!namePattern.test(name)) {
    problems.push(
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    );
  }
  return problems;
}

function prefixProblems(prefix: string): readonly string[] {
  if (prefix === "") return ["prefix part must be non-empty"];
  const problems: string[] = [];
  if (prefix.length > maxPrefixChars) {
    problems.push(`prefix part must be no more than ${maxPrefixChars} characters`);
  }
  if (!subdomainPattern.test(prefix)) {
    problems.push(
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    );
  }
  return problems;
}
