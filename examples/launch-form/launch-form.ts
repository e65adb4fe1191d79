import Form from "@rjsf/core";
import { ErrorSchemaBuilder, type RJSFSchema } from "@rjsf/utils";
import { customizeValidator } from "@rjsf/validator-ajv8";
import Ajv2020 from "ajv/dist/2020.js";
import {
  type AdminClient,
  interfaceToJsonSchema,
  JsonInputError,
  jsonToLiterals,
  type LaunchPlan,
} from "flyte-admin-client";
import { createElement, type ReactElement, useMemo, useState } from "react";

type FormData = Readonly<Record<string, unknown>>;

const validator = customizeValidator<FormData>({ AjvClass: Ajv2020 });

export interface LaunchFormProps {
  readonly admin: AdminClient;
  readonly plan: LaunchPlan;
  /** Called with the name of the execution, or with the message of what went wrong. */
  readonly onResult: (text: string) => void;
}

/** A form of the inputs of a launch plan, which launches it. */
export function LaunchForm({ admin, plan, onResult }: LaunchFormProps): ReactElement {
  const schema = useMemo((): RJSFSchema => interfaceToJsonSchema(plan), [plan]);
  const [values, setValues] = useState<FormData>({});
  const [problem, setProblem] = useState<JsonInputError>();

  const launch = async (formData: FormData): Promise<void> => {
    setProblem(undefined);
    try {
      const { literals } = jsonToLiterals(formData, plan);
      const id = await admin.executions.launch({ launchPlan: plan, inputs: literals });
      onResult(`Launched ${id.name}`);
    } catch (error) {
      if (error instanceof JsonInputError) setProblem(error);
      else onResult(error instanceof Error ? error.message : String(error));
    }
  };

  return createElement(Form<FormData>, {
    schema,
    validator,
    formData: values,
    ...(problem !== undefined && { extraErrors: errorsOf(problem) }),
    onChange: ({ formData = {} }) => {
      setValues(formData);
    },
    onSubmit: ({ formData = {} }) => {
      void launch(formData);
    },
    uiSchema: { "ui:submitButtonOptions": { submitText: "Launch" } },
    noHtml5Validate: true,
  });
}

/** The error at the field that its JSON pointer names. */
function errorsOf({ pointer, message }: JsonInputError) {
  const path = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return new ErrorSchemaBuilder<FormData>().addErrors(message, path).ErrorSchema;
}
