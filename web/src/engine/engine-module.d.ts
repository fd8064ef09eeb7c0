/** The engine as exported by the Emscripten build; see bindings/wasm. Strings are JSON unless noted. */
declare module '@engine/tcplab.js' {
  export interface EngineModule {
    version(): string;
    catalogue(): string;
    open(scenario: string, seed: number): string;
    close(session: number): void;
    step(session: number, count: number): string;
    run_until(session: number, microseconds: number, maxSteps: number): string;
    act(session: number, action: string, microseconds: number): string;
    fork(session: number, step: number): string;
    undo(session: number): string;
    status(session: number): string;
    /** At most `most` events. */
    trace(session: number, since: number, most: number): string;
    difference(one: number, other: number, from: number): string;
    /** The numbers of events; a string if there are problems. */
    find(session: number, words: string, since: number, most: number): Uint32Array<ArrayBuffer> | string;
    variables(session: number, n: number): string;
    export_scenario(session: number): string;
    /** A pcapng file, as captured at a host or, for '', at every sender; a string if there are problems. */
    capture(session: number, host: string): Uint8Array<ArrayBuffer> | string;
    exercise(exercise: string, seed: number): string;
    grade(exercise: string, seed: number, answers: string): string;
    /** `file` is an answers file for `tcplab grade`, which includes earlier tries and hints. */
    grade_file(exercise: string, file: string): string;
    check(exercise: string, seeds: number): string;
    check_scenario(scenario: string): string;
    match_text(rubric: string, text: string): string;
  }
  export interface EngineOptions {
    locateFile?: (path: string) => string;
    wasmBinary?: ArrayBuffer | Uint8Array;
  }
  const createEngine: (options?: EngineOptions) => Promise<EngineModule>;
  export default createEngine;
}
