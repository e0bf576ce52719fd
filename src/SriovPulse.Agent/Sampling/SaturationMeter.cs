namespace SriovPulse.Agent.Sampling;

/// <summary>
/// Turns readings of two byte counters, taken at short and uneven intervals, into what averages hide: time spent at or above a limit, and peaks.
/// Pure: time is given in seconds on any monotonic clock.
/// </summary>
internal struct SaturationMeter
{
    private double _lastTime;
    private ulong _lastReceive;
    private ulong _lastTransmit;
    private bool _hasLast;
    private PeakWindow _receivePeak;
    private PeakWindow _transmitPeak;

    /// <summary>Seconds covered by intervals that were short enough to be told.</summary>
    public double SampledSeconds { get; private set; }

    /// <summary>Seconds of those in which the receive rate was at or above its threshold.</summary>
    public double ReceiveSaturatedSeconds { get; private set; }

    /// <summary>Seconds of those in which the transmit rate was at or above its threshold.</summary>
    public double TransmitSaturatedSeconds { get; private set; }

    /// <summary>Whether a threshold for receiving has been known: without one, no saturated seconds mean nothing.</summary>
    public bool HasReceiveLimit { get; private set; }

    /// <summary>Whether a threshold for sending has been known.</summary>
    public bool HasTransmitLimit { get; private set; }

    /// <summary>
    /// Adds a reading. An interval longer than <paramref name="longest"/> is an average that hides what is looked for, and one in which a counter fell
    /// (reset, recreation) has no rate: neither is counted as sampled. Nor is one that begins with zeros and ends with something else: devices answer
    /// with zeros while they are being reset, and what they counted before would come back as a burst.
    /// </summary>
    /// <param name="time">When the counters were read, in seconds.</param>
    /// <param name="receiveBytes">Bytes received so far.</param>
    /// <param name="transmitBytes">Bytes sent so far.</param>
    /// <param name="receiveThreshold">Bytes per second from which on receiving is saturated; 0 when no limit is known.</param>
    /// <param name="transmitThreshold">The same for sending.</param>
    /// <param name="longest">Longest interval that counts, in seconds.</param>
    public void Observe(
        double time, ulong receiveBytes, ulong transmitBytes, double receiveThreshold, double transmitThreshold, double longest)
    {
        HasReceiveLimit |= receiveThreshold > 0;
        HasTransmitLimit |= transmitThreshold > 0;
        var interval = time - _lastTime;
        if (_hasLast && interval <= 0)
        {
            return;
        }

        var begins = (_lastReceive | _lastTransmit) == 0 && (receiveBytes | transmitBytes) != 0;
        if (_hasLast && !begins && interval <= longest && receiveBytes >= _lastReceive && transmitBytes >= _lastTransmit)
        {
            var receiveRate = (receiveBytes - _lastReceive) / interval;
            var transmitRate = (transmitBytes - _lastTransmit) / interval;
            SampledSeconds += interval;
            ReceiveSaturatedSeconds += receiveThreshold > 0 && receiveRate >= receiveThreshold ? interval : 0;
            TransmitSaturatedSeconds += transmitThreshold > 0 && transmitRate >= transmitThreshold ? interval : 0;
            _receivePeak.Add(time, receiveRate);
            _transmitPeak.Add(time, transmitRate);
        }

        _lastTime = time;
        _lastReceive = receiveBytes;
        _lastTransmit = transmitBytes;
        _hasLast = true;
    }

    /// <summary>Forgets the last reading, so that the time until the next one is not counted.</summary>
    public void Interrupt() => _hasLast = false;

    /// <summary>Highest receive rate of the last window, bytes per second; false when the window holds no sample.</summary>
    public readonly bool TryGetReceivePeak(double time, out double bytesPerSecond) => _receivePeak.TryGet(time, out bytesPerSecond);

    /// <summary>Highest transmit rate of the last window, bytes per second; false when the window holds no sample.</summary>
    public readonly bool TryGetTransmitPeak(double time, out double bytesPerSecond) => _transmitPeak.TryGet(time, out bytesPerSecond);
}
