// How the scripts of the pages are written; what is of types is held by `tsc`.
import js from "@eslint/js";
import globals from "globals";

const RULES = {
  "curly": ["error", "multi-line"],
  "eqeqeq": "error",
  "no-constant-binary-expression": "error",
  "no-implicit-globals": "error",
  "no-shadow": ["error", { allow: ["name", "status", "event"] }],
  "no-undef": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-useless-rename": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "max-lines": ["error", 400],
  "complexity": ["error", { max: 18, variant: "modified" }],
};

export default [
  js.configs.recommended,
  { files: ["src/foedus/screen/**/*.js"], languageOptions: { globals: globals.browser }, rules: RULES },
  { files: ["src/foedus/screen/engine/**/*.js", "src/foedus/screen/statistics/**/*.js"], languageOptions: { globals: { ...globals["shared-node-browser"] } }, rules: { ...RULES, "no-restricted-globals": ["error", "document", "window"] } },
  { files: ["tests/**/*.mjs", "eslint.config.js"], languageOptions: { globals: globals.node }, rules: RULES },
];
