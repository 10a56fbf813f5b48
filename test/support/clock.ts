/** Deadlines of the node come a hundred times sooner, until mocks are restored. */
export function hurryDeadlines(): void {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 100));
}
