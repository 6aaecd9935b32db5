// The airlock: where a received file waits, durable, on the machine that received it, until it has been
// checked, prepared and put in the Magasin. Nothing in it is ever given to a reader.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "piece/disque.hpp"
#include "piece/magasin.hpp"

namespace piece {

/// What waits under one key: the bytes as received and, when the Magasin is away, what was made of them.
enum class Part { Recu, Image, Miniature };

class Sas {
public:
    /// Creates the directory when it is missing; throws std::runtime_error saying why it cannot be used.
    explicit Sas(std::filesystem::path racine);

    /// The name of this airlock among those of all machines, drawn once and kept in it: rows say by it where
    /// their bytes wait.
    [[nodiscard]] const std::string& nom() const { return nom_; }

    /// Keeps the bytes (they survive a power cut once this returns) and gives the key they wait under.
    std::string deposer(std::string_view octets);
    void deposer(const std::string& cle, Part, std::string_view octets);
    /// Nothing when there is no such part.
    [[nodiscard]] std::optional<std::string> lire(const std::string& cle, Part) const;
    /// The same piece by piece, for what must be the content of this name.
    [[nodiscard]] std::unique_ptr<Lecture> ouvrir(const std::string& cle, Part, std::string sha256) const;
    /// Removes every part of the key.
    void effacer(const std::string& cle);

    /// A file held by one worker: no other gets it, and the hold ends with the process that has it.
    class Prise {
    public:
        explicit Prise(disque::Fd fd) : fd_(std::move(fd)) {}
        /// Open on the bytes received, for reading from the start.
        [[nodiscard]] int fd() const { return fd_.get(); }

    private:
        disque::Fd fd_;
    };
    enum class Etat { Prise, TenueAilleurs, Absente };
    struct Tentative {
        Etat etat = Etat::Absente;
        std::optional<Prise> prise = {};
    };
    [[nodiscard]] Tentative prendre(const std::string& cle) const;

    /// Keys under which nothing has been written for `repos`.
    [[nodiscard]] std::vector<std::string> au_repos(std::chrono::seconds repos) const;

    /// A directory beside, for uploads that have not ended.
    [[nodiscard]] std::filesystem::path envois() const { return racine_ / "envois"; }

private:
    [[nodiscard]] std::filesystem::path chemin(const std::string& cle, Part) const;

    std::filesystem::path racine_;
    std::string nom_;
};

} // namespace piece
