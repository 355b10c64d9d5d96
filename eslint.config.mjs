import js from "@eslint/js";
import solid from "eslint-plugin-solid/configs/typescript";
import tseslint from "typescript-eslint";

const noProcessEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Read the environment once, in config.ts, and pass the result on.",
};

const noTextOnce = {
  selector:
    "CallExpression[callee.property.name='waitFor'] > MemberExpression > CallExpression[callee.property.name='getByText']",
  message: "News stand twice in a page while they are said aloud: waitForText and waitForTextGone.",
};

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "**/.tsbuild/**",
      "**/node_modules/**",
      ".darasa/**",
      "**/test-output/**",
      "client/src/api/schema.d.ts",
      // Part of the page of another program.
      "jitsi/web/**",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.mjs", "vitest.config.ts"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 10],
      "max-params": ["error", 3],
      "no-console": "error",
      "no-restricted-syntax": ["error", noProcessEnv],
    },
  },
  { files: ["**/config.ts"], rules: { "no-restricted-syntax": "off" } },
  {
    // Components are markup as much as code: their length is bounded by the file, not the function.
    files: ["client/src/**/*.tsx"],
    ...solid,
    rules: {
      ...solid.rules,
      "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // The React island: Solid's rules do not hold there.
    files: ["client/src/board/editor/**"],
    rules: { ...Object.fromEntries(Object.keys(solid.rules).map((rule) => [rule, "off"])) },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "**/*.contract.ts", "**/test/**", "**/e2e/**"],
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      "max-params": "off",
      "no-restricted-syntax": "off",
    },
  },
  // A journey that failed tells what its people saw.
  { files: ["client/e2e/setup/lastSight.ts"], rules: { "no-console": "off" } },
  { files: ["client/e2e/*.test.ts"], rules: { "no-restricted-syntax": ["error", noTextOnce] } },
  {
    // Programs that a person runs at a terminal speak on it, and pass their environment on.
    files: ["infra/compose/**", "infra/local/**", "load-tests/**"],
    rules: { "no-console": "off", "no-restricted-syntax": "off" },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.mjs"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
  {
    // Written as for a browser, so that others can read them as a client of theirs.
    files: ["load-tests/conformance/**/*.mjs"],
    languageOptions: {
      globals: {
        WebSocket: "readonly",
        clearTimeout: "readonly",
        crypto: "readonly",
        setTimeout: "readonly",
      },
    },
  },
);
