// What every page shares.

/** Anything that can stand in an element; what is null is left out. */
export type Child = Node | string | number | false | null | undefined | Child[];

/** Attributes by name; listeners begin with `on`, and what is null or false is left out. */
export type Attributes = Record<string, string | number | boolean | null | undefined | ((event: any) => void)>;

/** Fixed texts of a page by name. */
export type Texts = Record<string, any>;

/** What a server says that it will not do. */
export interface Refused { error?: string; problems?: { message: string; help: string }[] }

type SvgOnly = "svg" | "g" | "path" | "text" | "rect" | "line" | "circle" | "title" | "desc";

/** What makes an element: its type follows from its tag. */
export interface Make {
  <K extends SvgOnly>(tag: K, attributes?: Attributes, ...children: Child[]): SVGElementTagNameMap[K];
  <K extends Exclude<keyof HTMLElementTagNameMap, SvgOnly>>(tag: K, attributes?: Attributes, ...children: Child[]): HTMLElementTagNameMap[K];
}
