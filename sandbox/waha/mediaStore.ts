import type { Message } from './model';

/** Files that people sent: WhatsApp has them, the server itself only for a while (providers.md §3.10). */
export class MediaStore {
	private readonly sent = new Map<string, Buffer>();
	private readonly atHand = new Set<string>();

	keep({ id }: Message, bytes: Buffer): void {
		this.sent.set(id, bytes);
		this.atHand.add(id);
	}

	/** What is at an address of the server; the address ends in the bare id of the message. */
	at(file: string): Buffer | undefined {
		const [id] = file.split('.');
		return this.atHand.has(id) ? this.sent.get(id) : undefined;
	}

	/** Fetches it from WhatsApp once more; whether there was one. */
	recall({ id }: Message): boolean {
		if (this.sent.has(id)) this.atHand.add(id);
		return this.sent.has(id);
	}

	/** The server deletes what it has. */
	expire(): void {
		this.atHand.clear();
	}

	clear(): void {
		this.sent.clear();
		this.atHand.clear();
	}
}
