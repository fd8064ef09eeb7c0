/**
 * Parses the Markdown of lessons: CommonMark without raw HTML and images, and with links only to terms, rules and the
 * beat's run. Anything else is reported as a problem, and stays plain text.
 */
import { fromMarkdown } from 'mdast-util-from-markdown';

export type Target = { kind: 'term' | 'rule'; id: string } | { kind: 'world' };

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; inside: Inline[] }
  | { kind: 'emphasis'; inside: Inline[] }
  | { kind: 'link'; to: Target; inside: Inline[] };

export type Block =
  | { kind: 'paragraph'; inside: Inline[] }
  | { kind: 'quote'; inside: Block[] }
  | { kind: 'list'; ordered: boolean; items: Block[][] }
  | { kind: 'code'; text: string }
  | { kind: 'heading'; depth: number; title: string; line: number }
  | { kind: 'break' };

/** Something in a lesson's text that is not allowed. */
export interface Unfit {
  line: number;
  what: string;
}

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root['children'][number];
type Phrase = Extract<Node, { type: 'paragraph' }>['children'][number];

/** Markup without meaning in a lesson: a line of dashes is a divider, and never turns the line above into a heading. */
const left = { disable: { null: ['htmlFlow', 'htmlText', 'autolink', 'setextUnderline', 'definition'] } };

const target = /^(?:(term|rule):([A-Za-z0-9][\w.-]*)|(world):)$/;

function targetOf(url: string): Target | undefined {
  const [, kind, id = '', world] = target.exec(url) ?? [];
  if (world) return { kind: 'world' };
  return kind === 'term' || kind === 'rule' ? { kind, id } : undefined;
}

export const plain = (inside: readonly Inline[]): string =>
  inside.map((each) => ('text' in each ? each.text : plain(each.inside))).join('');

class Reader {
  readonly unfit: Unfit[] = [];

  #refuse(node: { position?: { start: { line: number } } | undefined }, what: string): void {
    this.unfit.push({ line: node.position?.start.line ?? 0, what });
  }

  phrases(nodes: readonly Phrase[]): Inline[] {
    return nodes.flatMap((node): Inline[] => {
      switch (node.type) {
        case 'text':
          return [{ kind: 'text', text: node.value }];
        case 'inlineCode':
          return [{ kind: 'code', text: node.value }];
        case 'strong':
        case 'emphasis':
          return [{ kind: node.type, inside: this.phrases(node.children) }];
        case 'link': {
          const inside = this.phrases(node.children);
          const to = targetOf(node.url);
          if (to) return [{ kind: 'link', to, inside }];
          this.#refuse(node, node.url);
          return inside;
        }
        default:
          this.#refuse(node, node.type);
          return [];
      }
    });
  }

  blocks(nodes: readonly Node[]): Block[] {
    return nodes.flatMap((node): Block[] => {
      switch (node.type) {
        case 'paragraph':
          return [{ kind: 'paragraph', inside: this.phrases(node.children) }];
        case 'heading': {
          const title = plain(this.phrases(node.children));
          return [{ kind: 'heading', depth: node.depth, title, line: node.position?.start.line ?? 0 }];
        }
        case 'thematicBreak':
          return [{ kind: 'break' }];
        case 'blockquote':
          return [{ kind: 'quote', inside: this.blocks(node.children) }];
        case 'list':
          return [
            {
              kind: 'list',
              ordered: node.ordered === true,
              items: node.children.map((item) => this.blocks(item.children)),
            },
          ];
        case 'code':
          return [{ kind: 'code', text: node.value }];
        default:
          this.#refuse(node, node.type);
          return [];
      }
    });
  }
}

export function readMarkdown(text: string): { blocks: Block[]; unfit: Unfit[] } {
  const reader = new Reader();
  const blocks = reader.blocks(fromMarkdown(text, { extensions: [left] }).children);
  return { blocks, unfit: reader.unfit };
}

type Part = Exclude<Inline, { kind: 'strong' } | { kind: 'emphasis' }>;

/** All links and all texts in the blocks. */
export function* parts(blocks: readonly Block[]): Generator<Part> {
  for (const block of blocks) {
    if (block.kind === 'paragraph') yield* phrasesIn(block.inside);
    else if (block.kind === 'quote') yield* parts(block.inside);
    else if (block.kind === 'list') for (const item of block.items) yield* parts(item);
    else if (block.kind === 'code') yield { kind: 'code', text: block.text };
  }
}

/** The plain text of the blocks, for places without links. */
export const plainOf = (blocks: readonly Block[]): string =>
  blocks
    .map((block) =>
      block.kind === 'paragraph' ? plain(block.inside) : block.kind === 'quote' ? plainOf(block.inside) : '',
    )
    .join(' ');

function* phrasesIn(inside: readonly Inline[]): Generator<Part> {
  for (const each of inside) {
    if (each.kind === 'strong' || each.kind === 'emphasis') yield* phrasesIn(each.inside);
    else {
      yield each;
      if (each.kind === 'link') yield* phrasesIn(each.inside);
    }
  }
}
