package dev.codicil.storm.run;

import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A process, and all children that were ever seen. */
final class ProcessInstance implements Instance {
  private final Process process;
  private final Set<ProcessHandle> known = ConcurrentHashMap.newKeySet();

  ProcessInstance(Process process) {
    this.process = process;
    known.add(process.toHandle());
  }

  /** Remembers its children of this moment: they may lose their parent. */
  void remember() {
    process.toHandle().descendants().forEach(known::add);
  }

  long pid() {
    return process.pid();
  }

  Set<ProcessHandle> handles() {
    Set<ProcessHandle> handles = new LinkedHashSet<>(known);
    process.toHandle().descendants().forEach(handles::add);
    return handles;
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public int exitCode() {
    return process.exitValue();
  }

  @Override
  public List<ProcessHandle> visible() {
    return List.copyOf(handles());
  }

  @Override
  public void kill() {
    ProcessTree.kill(handles());
  }

  @Override
  public void terminate() {
    handles().forEach(ProcessHandle::destroy);
  }

  @Override
  public void pause() {
    Signals.stop(handles());
  }

  @Override
  public void resume() {
    Signals.resume(handles());
  }

  @Override
  public void stop(boolean paused) {
    if (paused) {
      ProcessTree.kill(handles());
    }
    ProcessTree.stop(handles(), SubjectProcess.GRACE);
  }
}
