import { Groups } from './groups';
import { Happenings } from './happenings';
import { Messages } from './messages';
import type { EngineName, Picture } from './model';
import { People } from './people';
import { DEFAULT_RELEASE, featuresOf, type ReleaseFeatures } from './releases';
import { placeSample } from './sample';
import { Sessions } from './sessions';

/** A failure that was asked for: the next call of this sort fails. */
export type ForcedFailure = { on: 'create' | 'send'; message: string };

/** One WAHA server with one engine and all that it knows. */
export class WahaServer {
	readonly happenings: Happenings;
	readonly people = new People();
	readonly sessions: Sessions;
	readonly groups: Groups;
	readonly messages: Messages;
	/** Every picture there ever was, so that old links keep working as they do at WhatsApp. */
	readonly pictures = new Map<string, Picture>();
	release = DEFAULT_RELEASE;
	keyRequired = true;
	forcedFailures: ForcedFailure[] = [];

	constructor(
		readonly engine: EngineName,
		readonly apiKey: string,
	) {
		this.happenings = new Happenings(engine);
		this.sessions = new Sessions(this.happenings);
		this.groups = new Groups(this.people, this.happenings);
		this.messages = new Messages(this.people, this.groups, this.happenings);
		placeSample(this);
	}

	get features(): ReleaseFeatures {
		return featuresOf(this.release);
	}

	/** Back to the sample; listeners stay. */
	reset(): void {
		this.sessions.clear();
		this.groups.clear();
		this.messages.clear();
		this.people.clear();
		this.pictures.clear();
		this.release = DEFAULT_RELEASE;
		this.keyRequired = true;
		this.forcedFailures = [];
		placeSample(this);
	}

	/** The message of a failure asked for, once. */
	takeForcedFailure(on: ForcedFailure['on']): string | null {
		const index = this.forcedFailures.findIndex((failure) => failure.on === on);
		return index === -1 ? null : this.forcedFailures.splice(index, 1)[0].message;
	}
}
