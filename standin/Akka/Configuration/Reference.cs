namespace Akka.Configuration;

/// <summary>The defaults below every configuration.</summary>
internal static class Reference
{
    public const string Text = """
        akka {
          loglevel = INFO
          stdout-loglevel = WARNING
          loggers = ["Akka.Event.DefaultLogger"]
          log-dead-letters = 10
          log-config-on-start = off
          actor {
            ask-timeout = infinite
            debug.event-stream = off
            default-dispatcher {
              type = Dispatcher
              executor = default-executor
              throughput = 30
              fork-join-executor { parallelism-min = 8, parallelism-factor = 1.0, parallelism-max = 64 }
            }
            internal-dispatcher { type = Dispatcher, executor = default-executor, throughput = 5 }
            default-blocking-io-dispatcher { type = ForkJoinDispatcher, throughput = 1, dedicated-thread-pool.thread-count = 16 }
          }
          stream.materializer {
            initial-input-buffer-size = 4
            max-input-buffer-size = 16
          }
          coordinated-shutdown {
            default-phase-timeout = 5 s
            terminate-actor-system = on
            exit-clr = off
            run-by-clr-shutdown-hook = on
            run-by-actor-system-terminate = on
            phases {
              before-service-unbind {}
              service-unbind { depends-on = [before-service-unbind] }
              service-requests-done { depends-on = [service-unbind] }
              service-stop { depends-on = [service-requests-done] }
              before-cluster-shutdown { depends-on = [service-stop] }
              cluster-sharding-shutdown-region { timeout = 10 s, depends-on = [before-cluster-shutdown] }
              cluster-leave { depends-on = [cluster-sharding-shutdown-region] }
              cluster-exiting { timeout = 10 s, depends-on = [cluster-leave] }
              cluster-exiting-done { depends-on = [cluster-exiting] }
              cluster-shutdown { depends-on = [cluster-exiting-done] }
              before-actor-system-terminate { depends-on = [cluster-shutdown] }
              actor-system-terminate { timeout = 10 s, depends-on = [before-actor-system-terminate] }
            }
          }
        }
        """;
}
