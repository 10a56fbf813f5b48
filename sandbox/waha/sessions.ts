import type { Happenings } from '../shared/happenings';
import { sessionDoesNotExist, sessionNotFound, sessionNotWorking } from './errors';
import type { WahaHappening } from './happenings';
import type { Person, Session, SessionConfig, SessionStatus } from './model';

export interface SessionTimings {
	/** How long a restarted session says STARTING, in milliseconds. */
	startingMs: number;
	/**
	 * How long a request waits for its session to be WORKING before 422, in milliseconds. WAHA waits up
	 * to about 15 000 (providers.md §3.5); the sandbox less, so that trying it out is no test of patience.
	 */
	waitMs: number;
}

export const DEFAULT_TIMINGS: Readonly<SessionTimings> = { startingMs: 300, waitMs: 1500 };

const POLL_MS = 20;

/** The sessions of one WAHA server (providers.md §3.2). */
export class Sessions {
	readonly timings: SessionTimings = { ...DEFAULT_TIMINGS };
	private readonly byName = new Map<string, Session>();
	private readonly starting = new Map<string, NodeJS.Timeout>();

	constructor(private readonly happenings: Happenings<WahaHappening>) {}

	clear(): void {
		for (const timer of this.starting.values()) clearTimeout(timer);
		this.starting.clear();
		this.byName.clear();
		Object.assign(this.timings, DEFAULT_TIMINGS);
	}

	all(): Session[] {
		return [...this.byName.values()];
	}

	known(name: string): Session | null {
		return this.byName.get(name) ?? null;
	}

	/** @throws 404, as only the endpoints below `/api/sessions` do */
	get(name: string): Session {
		const session = this.byName.get(name);
		if (!session) throw sessionNotFound();
		return session;
	}

	/** Waits a little for the session to be WORKING. @throws 422 */
	async working(name: string): Promise<Session & { account: Person }> {
		const giveUpAt = Date.now() + this.timings.waitMs;
		for (;;) {
			const session = this.byName.get(name);
			if (!session) throw sessionDoesNotExist(name);
			if (isWorking(session)) {
				session.activity = Date.now();
				return session;
			}
			if (Date.now() >= giveUpAt) throw sessionNotWorking(name, session.status);
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	place(
		name: string,
		status: SessionStatus,
		account: Person | null,
		config?: SessionConfig,
	): Session {
		const session: Session = {
			name,
			status,
			statuses: [{ status, timestamp: Date.now() }],
			account,
			config,
			activity: null,
			pictureCache: new Map(),
		};
		this.byName.set(name, session);
		return session;
	}

	setStatus(session: Session, status: SessionStatus): void {
		clearTimeout(this.starting.get(session.name));
		this.starting.delete(session.name);
		if (session.status === status) return;
		session.status = status;
		session.statuses.push({ status, timestamp: Date.now() });
		if (session.statuses.length > 5) session.statuses.shift();
		this.happenings.announce({ type: 'sessionStatus', session });
	}

	/** Nothing if it runs already. */
	start(session: Session): void {
		if (session.status !== 'STOPPED' && session.status !== 'FAILED') return;
		this.setStatus(session, 'STARTING');
		const timer = setTimeout(() => {
			this.setStatus(session, session.account ? 'WORKING' : 'SCAN_QR_CODE');
		}, this.timings.startingMs);
		timer.unref();
		this.starting.set(session.name, timer);
	}

	stop(session: Session): void {
		this.setStatus(session, 'STOPPED');
	}

	restart(session: Session): void {
		this.stop(session);
		this.start(session);
	}

	/** The whole config, not a merge; a session that runs is stopped and started again. */
	replaceConfig(session: Session, config: SessionConfig | undefined): void {
		session.config = config;
		if (session.status !== 'STOPPED') this.restart(session);
	}

	logout(session: Session): void {
		const wasRunning = session.status !== 'STOPPED';
		this.stop(session);
		session.account = null;
		if (wasRunning) this.start(session);
	}

	delete(name: string): void {
		const session = this.byName.get(name);
		if (!session) return;
		this.stop(session);
		this.byName.delete(name);
	}
}

function isWorking(session: Session): session is Session & { account: Person } {
	return session.status === 'WORKING' && session.account !== null;
}
