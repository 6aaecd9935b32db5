// The antivirus: a clamd asked by INSTREAM over a Unix socket or TCP. Knows nothing of rows; without a
// setting there is none, and files are not scanned.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

namespace piece {

enum class Verdict { Sain, Infecte, Absent };

struct Analyse {
    Verdict verdict = Verdict::Absent;
    std::string detail; // Infecte: the name of the signature. Absent: why, for the log
};

class Antivirus {
public:
    /// `adresse`: unix:/path/of/clamd.ctl or tcp:host:port; empty: none.
    Antivirus(std::string adresse, std::chrono::milliseconds delai);

    [[nodiscard]] bool actif() const { return !adresse_.empty(); }
    /// Sends the whole file, from its start, and waits for the answer; never longer than the delay in all,
    /// nor than a moment once asked to stop. Anything but a plain « OK » or « FOUND » is Absent: a file is
    /// never taken for sound by mistake.
    [[nodiscard]] Analyse analyser(int fd, const std::stop_token& arret = {}) const;

private:
    std::string adresse_;
    std::chrono::milliseconds delai_;
};

/// What clamd's answer to INSTREAM means.
Analyse lire_reponse_clamd(const std::string&);
/// Whether a setting can be an address of clamd.
bool est_adresse_clamd(const std::string&);

} // namespace piece
